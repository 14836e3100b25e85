package dev.berth.scheduler.core;

import java.util.function.LongConsumer;

/**
 * The seeds of a simulation. {@code -Dberth.seed=N} replays one; {@code -Dberth.seeds=N} runs about
 * N of each simulation, and of a slow one its share of them.
 */
public record Seeds(long first, long count) {

  /** {@code standard} of them when nothing else is said. */
  public static Seeds of(long standard) {
    return share(standard, 1);
  }

  /** Of a slow simulation: one where a quick one has {@code slow}. */
  public static Seeds share(long standard, long slow) {
    Long one = Long.getLong("berth.seed");
    Long asked = Long.getLong("berth.seeds");
    long count = asked == null ? standard : Math.ceilDiv(asked, slow);
    return one == null ? new Seeds(1, count) : new Seeds(one, 1);
  }

  /** True when one seed is replayed: it alone need not make everything happen. */
  public boolean replay() {
    return Long.getLong("berth.seed") != null;
  }

  /** Says with which seed it failed. */
  public void each(LongConsumer run) {
    for (long seed = first; seed < first + count; seed++) {
      try {
        run.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
      }
    }
  }
}
