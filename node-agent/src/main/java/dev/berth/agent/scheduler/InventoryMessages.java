package dev.berth.agent.scheduler;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigProfile;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.devices.SharedDevice;
import dev.berth.agent.devices.TpuBlock;
import dev.berth.agent.location.Location;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.agent.v1.TorusBlock;
import dev.berth.api.agent.v1.TurnDevice;
import dev.berth.api.common.v1.Device;
import java.util.List;
import java.util.Map;

/** The node's devices and leases in the words of the contract, and back. */
final class InventoryMessages {
  private InventoryMessages() {}

  static Inventory inventory(
      NodeInventory devices,
      List<SharedDevice> shared,
      Map<String, String> unhealthy,
      NodeCapacity capacity,
      Location location) {
    Inventory.Builder b =
        Inventory.newBuilder()
            .setCpuMilli(capacity.cpuMilli())
            .setMemoryMib(capacity.memoryMib())
            .setCpuOvercommit(capacity.cpuOvercommit())
            .setMemoryOvercommit(capacity.memoryOvercommit())
            .setLocation(LocationMessages.location(location));
    devices.cards().forEach(c -> b.addCards(card(c, !unhealthy.containsKey(c.name()))));
    shared.forEach(s -> b.addTurnDevices(turns(s, !unhealthy.containsKey(s.card()))));
    devices.tpu().ifPresent(t -> b.addTori(torus(t, unhealthy, location)));
    return b.build();
  }

  private static dev.berth.api.agent.v1.Card card(Card c, boolean healthy) {
    return dev.berth.api.agent.v1.Card.newBuilder()
        .setIndex(c.index())
        .setUuid(c.uuid())
        .setModel(c.model())
        .setMemoryMib(c.memoryMib())
        .setLinkGroup(c.linkGroup())
        .setHealthy(healthy)
        .setMigMemoryUnits(c.migUnits())
        .setMigComputeSlices(c.migSlices())
        .addAllMigProfiles(c.profiles().stream().map(InventoryMessages::profile).toList())
        .build();
  }

  private static TurnDevice turns(SharedDevice s, boolean healthy) {
    return TurnDevice.newBuilder()
        .setName(s.name())
        .setUuid(s.uuid())
        .setModel(s.model())
        .setMemoryMib(s.memoryMib())
        .setHealthy(healthy)
        .build();
  }

  private static dev.berth.api.agent.v1.MigProfile profile(MigProfile p) {
    return dev.berth.api.agent.v1.MigProfile.newBuilder()
        .setName(p.name())
        .setGpuInstanceProfileId(p.id())
        .setComputeSlices(p.computeSlices())
        .setMemoryUnits(p.memoryUnits())
        .addAllStarts(p.starts())
        .setMaxInstances(p.maxInstances())
        .setMemoryMib(p.memoryMib())
        .setMedia(p.media())
        .build();
  }

  private static TorusBlock torus(TpuBlock t, Map<String, String> unhealthy, Location location) {
    return LocationMessages.block(t, location)
        .setGeneration(t.generation())
        .setX(t.x())
        .setY(t.y())
        .setZ(t.z())
        .setChipMemoryMib(t.chipMemoryMib())
        .addAllUnhealthy(t.chips().stream().filter(unhealthy::containsKey).toList())
        .build();
  }

  static Grant grant(dev.berth.api.agent.v1.Grant g, NodeInventory inventory) {
    return new Grant(
        g.getLeaseId(),
        g.getEpoch(),
        g.getAccount(),
        g.getOwner(),
        g.getFlavor(),
        g.getCatalogVersion(),
        g.getDevicesList().stream().map(d -> device(d, inventory)).toList(),
        g.getSeat());
  }

  /** A device that is not here (any more) counts as a whole one of its own. */
  private static LeaseDevice device(Device d, NodeInventory inventory) {
    DeviceSpec spec = inventory.specs().get(d.getName());
    Footprint footprint = spec == null ? new Footprint.Whole(d.getName()) : spec.footprint();
    return new LeaseDevice(
        d.getName(),
        d.getModel(),
        footprint instanceof Footprint.Share s
            ? new Footprint.Share(s.card(), d.getMilli())
            : footprint);
  }
}
