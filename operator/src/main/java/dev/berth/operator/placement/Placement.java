package dev.berth.operator.placement;

/** One placement of ours. Flavor and price version are the granted ones, else those asked for. */
public record Placement(
    PlacementId id, String flavor, String catalogVersion, PlacementState state) {}
