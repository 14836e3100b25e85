package dev.berth.operator.placement;

import dev.berth.api.scheduler.v1.Alternative;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.Topology;
import dev.berth.api.scheduler.v1.TopologyLevel;
import dev.berth.operator.resolve.Policy;
import java.util.Collections;

/** A policy in the words of the contract. */
final class PolicyWire {
  private PolicyWire() {}

  static dev.berth.api.scheduler.v1.Policy of(Policy policy, int members) {
    return dev.berth.api.scheduler.v1.Policy.newBuilder()
        .setPriority(policy.priority())
        .setPreemptible(policy.preemptible())
        .setQueue(policy.queue())
        .setTopology(
            policy.topology().map(PolicyWire::topology).orElse(Topology.getDefaultInstance()))
        .addAllRegions(policy.regions())
        .addAllFallbacks(policy.fallbacks().stream().map(f -> fallback(f, members)).toList())
        .setExpectedNanos(policy.expected().toNanos())
        .setCheckpointNanos(policy.checkpoint().toNanos())
        .build();
  }

  private static Alternative fallback(Policy.Fallback fallback, int members) {
    Member member = Member.newBuilder().setShape(ShapeWire.of(fallback.spec())).build();
    return Alternative.newBuilder()
        .setFlavor(fallback.flavor())
        .setCatalogVersion(fallback.spec().catalogVersion())
        .addAllMembers(Collections.nCopies(members, member))
        .build();
  }

  private static Topology topology(dev.berth.crds.Topology topology) {
    return Topology.newBuilder()
        .setLevel(level(topology.level()))
        .setRequired(topology.required())
        .build();
  }

  private static TopologyLevel level(dev.berth.crds.TopologyLevel level) {
    return switch (level) {
      case REGION -> TopologyLevel.REGION;
      case ZONE -> TopologyLevel.ZONE;
      case BLOCK -> TopologyLevel.BLOCK;
      case RACK -> TopologyLevel.RACK;
      case NVLINK -> TopologyLevel.NVLINK_DOMAIN;
      case NODE -> TopologyLevel.NODE;
    };
  }
}
