package dev.berth.scheduler.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often what is worth simulating came about. */
final class Tally {
  enum Kind {
    TERMS,
    LOST_COMMITS,
    COMMITS_OF_UNKNOWN_FATE,
    CRASHES_AFTER_COMMIT,
    COMMITS_IN_FLIGHT_TOGETHER,
    COMMITS_OUT_OF_ORDER,
    STALE_COMMITS,
    STALE_MESSAGES,
    SINGLES_PLACED,
    GANGS_PLACED,
    WAITED,
    RELEASED
  }

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  void count(Kind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  void add(Tally other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  Map<Kind, Long> counts() {
    return counts;
  }
}
