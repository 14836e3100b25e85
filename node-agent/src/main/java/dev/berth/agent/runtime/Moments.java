package dev.berth.agent.runtime;

import dev.berth.agent.core.Moment;
import java.time.Instant;

/** Where the time comes from. */
@FunctionalInterface
public interface Moments {
  Moment now();

  /**
   * The clocks of this machine; {@code System.nanoTime} is CLOCK_MONOTONIC, one for all processes.
   */
  static Moments system() {
    return () -> {
      Instant wall = Instant.now();
      return new Moment(
          System.nanoTime(),
          Math.addExact(Math.multiplyExact(wall.getEpochSecond(), 1_000_000_000L), wall.getNano()));
    };
  }
}
