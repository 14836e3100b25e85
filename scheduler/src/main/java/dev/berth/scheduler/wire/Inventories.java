package dev.berth.scheduler.wire;

import dev.berth.api.agent.v1.TorusBlock;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Torus;
import dev.berth.scheduler.core.model.TurnDevice;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inventories of nodes. */
public final class Inventories {
  private Inventories() {}

  /** What makes an inventory unusable, in one sentence; null when nothing does. */
  public static @Nullable String broken(dev.berth.api.agent.v1.Inventory wire) {
    if (wire.getCpuMilli() < 0 || wire.getMemoryMib() < 0) {
      return "cpu_milli and memory_mib must be 0 or more, got %d and %d"
          .formatted(wire.getCpuMilli(), wire.getMemoryMib());
    }
    if (wire.getToriCount() > 1) {
      return "expected at most one torus block, got " + wire.getToriCount();
    }
    Set<Integer> seen = new HashSet<>();
    for (dev.berth.api.agent.v1.Card card : wire.getCardsList()) {
      String broken = seen.add(card.getIndex()) ? broken(card) : "is listed twice";
      if (broken != null) {
        return "gpu-" + card.getIndex() + " " + broken;
      }
    }
    return wire.getToriCount() == 0 ? null : broken(wire.getTori(0));
  }

  private static @Nullable String broken(dev.berth.api.agent.v1.Card card) {
    if (card.getMigMemoryUnits() < 0 || card.getMigMemoryUnits() > 30) {
      return "has mig_memory_units " + card.getMigMemoryUnits() + ", expected 0 to 30";
    }
    for (dev.berth.api.agent.v1.MigProfile profile : card.getMigProfilesList()) {
      boolean inside =
          profile.getMemoryUnits() >= 1
              && profile.getStartsList().stream()
                  .allMatch(
                      s -> s >= 0 && s + profile.getMemoryUnits() <= card.getMigMemoryUnits());
      if (!inside) {
        return "has profile %s of %d units at %s, outside its %d memory units"
            .formatted(
                profile.getName(),
                profile.getMemoryUnits(),
                profile.getStartsList(),
                card.getMigMemoryUnits());
      }
    }
    return null;
  }

  private static @Nullable String broken(TorusBlock block) {
    long chips = (long) block.getX() * block.getY() * block.getZ();
    boolean positive = block.getX() > 0 && block.getY() > 0 && block.getZ() > 0;
    if (positive && !block.getPod().isEmpty() && !torus(block).inPod()) {
      return "torus block %dx%dx%d at %d-%d-%d is not aligned and within pod %s of %dx%dx%d, at most %d chips"
          .formatted(
              block.getX(),
              block.getY(),
              block.getZ(),
              block.getAtX(),
              block.getAtY(),
              block.getAtZ(),
              block.getPod(),
              block.getPodX(),
              block.getPodY(),
              block.getPodZ(),
              InPod.MAX_CHIPS);
    }
    return positive && chips <= Torus.MAX_CHIPS
        ? null
        : "torus block is %dx%dx%d, expected 1 to %d chips"
            .formatted(block.getX(), block.getY(), block.getZ(), Torus.MAX_CHIPS);
  }

  public static Inventory read(dev.berth.api.agent.v1.Inventory wire) {
    return new Inventory(
        wire.getCpuMilli(),
        wire.getMemoryMib(),
        Math.max(1, wire.getCpuOvercommit()),
        Math.max(1, wire.getMemoryOvercommit()),
        wire.getCardsList().stream().map(Inventories::card).toList(),
        wire.getToriList().stream().map(Inventories::torus).toList(),
        location(wire.getLocation()),
        wire.getTurnDevicesList().stream().map(Inventories::turnDevice).toList());
  }

  private static TurnDevice turnDevice(dev.berth.api.agent.v1.TurnDevice wire) {
    return new TurnDevice(
        wire.getName(), wire.getUuid(), wire.getModel(), wire.getMemoryMib(), wire.getHealthy());
  }

  private static Location location(dev.berth.api.agent.v1.Location wire) {
    return new Location(
        wire.getRegion(), wire.getZone(), wire.getBlock(), wire.getRack(), wire.getNvlinkDomain());
  }

  private static Card card(dev.berth.api.agent.v1.Card wire) {
    return new Card(
        wire.getIndex(),
        wire.getUuid(),
        wire.getModel(),
        wire.getMemoryMib(),
        wire.getLinkGroup(),
        wire.getHealthy(),
        wire.getMigMemoryUnits(),
        wire.getMigComputeSlices(),
        wire.getMigProfilesList().stream().map(Inventories::profile).toList());
  }

  private static MigProfile profile(dev.berth.api.agent.v1.MigProfile wire) {
    return new MigProfile(
        wire.getName(),
        wire.getGpuInstanceProfileId(),
        wire.getComputeSlices(),
        wire.getMemoryUnits(),
        wire.getStartsList(),
        wire.getMaxInstances(),
        wire.getMemoryMib(),
        wire.getMedia());
  }

  private static Torus torus(TorusBlock wire) {
    return new Torus(
        wire.getGeneration(),
        wire.getX(),
        wire.getY(),
        wire.getZ(),
        wire.getChipMemoryMib(),
        Set.copyOf(wire.getUnhealthyList()),
        new InPod(
            wire.getPod(),
            wire.getAtX(),
            wire.getAtY(),
            wire.getAtZ(),
            wire.getPodX(),
            wire.getPodY(),
            wire.getPodZ()));
  }

  public static dev.berth.api.agent.v1.Inventory write(Inventory inventory) {
    return dev.berth.api.agent.v1.Inventory.newBuilder()
        .setCpuMilli(inventory.cpuMilli())
        .setMemoryMib(inventory.memoryMib())
        .setCpuOvercommit(inventory.cpuOvercommit())
        .setMemoryOvercommit(inventory.memoryOvercommit())
        .addAllCards(inventory.cards().stream().map(Inventories::write).toList())
        .addAllTori(inventory.tori().stream().map(Inventories::write).toList())
        .setLocation(write(inventory.location()))
        .addAllTurnDevices(inventory.turnDevices().stream().map(Inventories::write).toList())
        .build();
  }

  private static dev.berth.api.agent.v1.TurnDevice write(TurnDevice device) {
    return dev.berth.api.agent.v1.TurnDevice.newBuilder()
        .setName(device.name())
        .setUuid(device.uuid())
        .setModel(device.model())
        .setMemoryMib(device.memoryMib())
        .setHealthy(device.healthy())
        .build();
  }

  private static dev.berth.api.agent.v1.Location write(Location location) {
    return dev.berth.api.agent.v1.Location.newBuilder()
        .setRegion(location.region())
        .setZone(location.zone())
        .setBlock(location.block())
        .setRack(location.rack())
        .setNvlinkDomain(location.nvlinkDomain())
        .build();
  }

  private static dev.berth.api.agent.v1.Card write(Card card) {
    return dev.berth.api.agent.v1.Card.newBuilder()
        .setIndex(card.index())
        .setUuid(card.uuid())
        .setModel(card.model())
        .setMemoryMib(card.memoryMib())
        .setLinkGroup(card.linkGroup())
        .setHealthy(card.healthy())
        .setMigMemoryUnits(card.migUnits())
        .setMigComputeSlices(card.migCompute())
        .addAllMigProfiles(card.profiles().stream().map(Inventories::write).toList())
        .build();
  }

  private static dev.berth.api.agent.v1.MigProfile write(MigProfile profile) {
    return dev.berth.api.agent.v1.MigProfile.newBuilder()
        .setName(profile.name())
        .setGpuInstanceProfileId(profile.gpuInstanceProfileId())
        .setComputeSlices(profile.computeSlices())
        .setMemoryUnits(profile.memoryUnits())
        .addAllStarts(profile.starts())
        .setMaxInstances(profile.maxInstances())
        .setMemoryMib(profile.memoryMib())
        .setMedia(profile.media())
        .build();
  }

  private static TorusBlock write(Torus torus) {
    return TorusBlock.newBuilder()
        .setGeneration(torus.generation())
        .setX(torus.x())
        .setY(torus.y())
        .setZ(torus.z())
        .setChipMemoryMib(torus.chipMemoryMib())
        .addAllUnhealthy(torus.unhealthy().stream().sorted().toList())
        .setPod(torus.place().pod())
        .setAtX(torus.place().atX())
        .setAtY(torus.place().atY())
        .setAtZ(torus.place().atZ())
        .setPodX(torus.place().x())
        .setPodY(torus.place().y())
        .setPodZ(torus.place().z())
        .build();
  }
}
