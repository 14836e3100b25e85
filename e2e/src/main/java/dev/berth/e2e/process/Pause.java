package dev.berth.e2e.process;

import dev.berth.e2e.FleetException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for the outside world, which tells nobody when it is done. */
public final class Pause {
  private static final Duration BRIEF = Duration.ofMillis(100);

  private Pause() {}

  /** Whether {@code condition} came true within {@code timeout}. */
  public static boolean until(Duration timeout, BooleanSupplier condition) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      briefly();
    }
    return true;
  }

  public static void briefly() {
    of(BRIEF);
  }

  public static void of(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("Interrupted while waiting", e);
    }
  }
}
