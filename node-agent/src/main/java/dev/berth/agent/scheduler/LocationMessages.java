package dev.berth.agent.scheduler;

import dev.berth.agent.devices.TpuBlock;
import dev.berth.agent.location.Location;
import dev.berth.agent.location.TpuPlace;
import dev.berth.api.agent.v1.TorusBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the node stands, in the words of the contract. */
final class LocationMessages {
  private static final Logger LOG = LoggerFactory.getLogger(LocationMessages.class);

  private LocationMessages() {}

  static dev.berth.api.agent.v1.Location location(Location location) {
    return dev.berth.api.agent.v1.Location.newBuilder()
        .setRegion(location.region())
        .setZone(location.zone())
        .setBlock(location.block())
        .setRack(location.rack())
        .setNvlinkDomain(location.nvlinkDomain())
        .build();
  }

  /**
   * The block with its place in its pod. A place that cannot be is not sent, since the scheduler
   * would refuse the whole inventory for it; the block then stands alone.
   */
  static TorusBlock.Builder block(TpuBlock block, Location location) {
    TorusBlock.Builder alone = TorusBlock.newBuilder();
    location.tpu().filter(place -> !place.holds(block)).ifPresent(p -> tell(block, p));
    return location
        .tpu()
        .filter(place -> place.holds(block))
        .map(place -> within(alone, place))
        .orElse(alone);
  }

  private static TorusBlock.Builder within(TorusBlock.Builder block, TpuPlace place) {
    return block
        .setPod(place.pod())
        .setAtX(place.at().x())
        .setAtY(place.at().y())
        .setAtZ(place.at().z())
        .setPodX(place.size().x())
        .setPodY(place.size().y())
        .setPodZ(place.size().z());
  }

  private static void tell(TpuBlock block, TpuPlace place) {
    LOG.atWarn()
        .addKeyValue("block", "%dx%dx%d".formatted(block.x(), block.y(), block.z()))
        .addKeyValue("place", place)
        .log("The block of this host cannot lie there in its pod; it is used alone.");
  }
}
