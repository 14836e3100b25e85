package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.Alternative;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.TopologyLevel;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Topology;

/** How a request may be served; an absent message is the default. */
final class Policies {
  private Policies() {}

  static Policy read(dev.berth.api.scheduler.v1.Policy wire) {
    return new Policy(
        wire.getPriority(),
        wire.getPreemptible(),
        wire.getQueue(),
        new Topology(level(wire.getTopology().getLevel()), wire.getTopology().getRequired()),
        wire.getRegionsList(),
        wire.getFallbacksList().stream().map(Policies::alternative).toList(),
        wire.getExpectedNanos(),
        wire.getCheckpointNanos());
  }

  static dev.berth.api.scheduler.v1.Policy write(Policy policy) {
    return dev.berth.api.scheduler.v1.Policy.newBuilder()
        .setPriority(policy.priority())
        .setPreemptible(policy.preemptible())
        .setQueue(policy.queue())
        .setTopology(write(policy.topology()))
        .addAllRegions(policy.regions())
        .addAllFallbacks(policy.fallbacks().stream().map(Policies::write).toList())
        .setExpectedNanos(policy.expectedNanos())
        .setCheckpointNanos(policy.checkpointNanos())
        .build();
  }

  private static Policy.Alternative alternative(Alternative wire) {
    return new Policy.Alternative(
        wire.getFlavor(), wire.getCatalogVersion(), Shapes.members(wire.getMembersList()));
  }

  private static Alternative write(Policy.Alternative alternative) {
    return Alternative.newBuilder()
        .setFlavor(alternative.flavor())
        .setCatalogVersion(alternative.catalogVersion())
        .addAllMembers(
            alternative.members().stream()
                .map(shape -> Member.newBuilder().setShape(Shapes.write(shape)).build())
                .toList())
        .build();
  }

  private static dev.berth.api.scheduler.v1.Topology write(Topology topology) {
    return dev.berth.api.scheduler.v1.Topology.newBuilder()
        .setLevel(write(topology.level()))
        .setRequired(topology.required())
        .build();
  }

  static TopologyLevel write(Topology.Level level) {
    return switch (level) {
      case ANY -> TopologyLevel.TOPOLOGY_LEVEL_UNSPECIFIED;
      case REGION -> TopologyLevel.REGION;
      case ZONE -> TopologyLevel.ZONE;
      case BLOCK -> TopologyLevel.BLOCK;
      case RACK -> TopologyLevel.RACK;
      case NVLINK_DOMAIN -> TopologyLevel.NVLINK_DOMAIN;
      case NODE -> TopologyLevel.NODE;
    };
  }

  private static Topology.Level level(TopologyLevel wire) {
    return switch (wire) {
      case TOPOLOGY_LEVEL_UNSPECIFIED, UNRECOGNIZED -> Topology.Level.ANY;
      case REGION -> Topology.Level.REGION;
      case ZONE -> Topology.Level.ZONE;
      case BLOCK -> Topology.Level.BLOCK;
      case RACK -> Topology.Level.RACK;
      case NVLINK_DOMAIN -> Topology.Level.NVLINK_DOMAIN;
      case NODE -> Topology.Level.NODE;
    };
  }
}
