package dev.berth.agent.turns.quota;

import java.util.List;

/**
 * What one turn may spend, set aside from allowances.
 *
 * @param parts in the order in which they are spent; the first one also gives the run
 */
public record Reservation(List<Part> parts) {
  public static final Reservation NONE = new Reservation(List.of());

  /** So many device nanoseconds, and perhaps the run, of one allowance. */
  public record Part(String drawId, long nanos, int runs) {}

  public Reservation {
    parts = List.copyOf(parts);
  }

  /** Device nanoseconds. */
  public long nanos() {
    return parts.stream().mapToLong(Part::nanos).sum();
  }
}
