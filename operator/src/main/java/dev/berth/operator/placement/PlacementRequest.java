package dev.berth.operator.placement;

import dev.berth.crds.FlavorSpec;
import dev.berth.operator.resolve.Policy;

/** What to place: {@code members} replicas of a flavor, or of a fallback, all or none. */
public record PlacementRequest(
    PlacementId id,
    int members,
    String account,
    String owner,
    String flavor,
    FlavorSpec spec,
    Policy policy) {}
