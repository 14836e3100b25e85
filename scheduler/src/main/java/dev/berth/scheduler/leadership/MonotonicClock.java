package dev.berth.scheduler.leadership;

import java.time.Instant;
import java.util.function.LongSupplier;

/** Unix nanoseconds that start at the wall clock and then never go back or jump. */
public record MonotonicClock(long wallNanos, long startNanos, LongSupplier ticker)
    implements LongSupplier {

  public static MonotonicClock system() {
    Instant now = Instant.now();
    long wall = Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
    return new MonotonicClock(wall, System.nanoTime(), System::nanoTime);
  }

  @Override
  public long getAsLong() {
    return wallNanos + (ticker.getAsLong() - startNanos);
  }
}
