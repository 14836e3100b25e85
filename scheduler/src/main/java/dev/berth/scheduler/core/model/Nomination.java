package dev.berth.scheduler.core.model;

import java.util.List;
import java.util.Set;

/**
 * What is kept for a waiting placement: the leases it can have once the placements {@code victims}
 * are gone, planned at {@code atNanos} (unix).
 */
public record Nomination(List<Lease> leases, Set<String> victims, long atNanos) {
  public Nomination {
    leases = List.copyOf(leases);
    victims = Set.copyOf(victims);
  }
}
