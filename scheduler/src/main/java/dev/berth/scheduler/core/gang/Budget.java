package dev.berth.scheduler.core.gang;

/** How many looks at a node a search may take before it gives up. Counted, so never by a clock. */
final class Budget {
  private long left;

  Budget(long looks) {
    left = looks;
  }

  void spend(long looks) {
    left -= looks;
  }

  boolean spent() {
    return left <= 0;
  }
}
