package dev.berth.hub.gateway.spaces;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which visits are worth telling: a Space need not hear of each. */
final class Visits {
  private static final Duration AWAKE = Duration.ofSeconds(10);
  private static final Duration ASLEEP = Duration.ofSeconds(1);

  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  /** Whether to tell of a visit now; if so, it counts as told. */
  boolean due(String space, SpaceState state, Instant now) {
    if (!state.sleeps()) {
      return false;
    }
    Duration every = state.asleep() ? ASLEEP : AWAKE;
    Instant latest =
        told.compute(
            space, (name, last) -> last == null || !last.plus(every).isAfter(now) ? now : last);
    return latest.equals(now);
  }
}
