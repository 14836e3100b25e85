package dev.berth.agent.core;

/**
 * Where the time of one card, chip or processor went since the journal first saw it. The four
 * totals add up to the wall time {@code at - firstAt}.
 *
 * @param firstAt journal time at which it was first seen
 * @param present whether the last inventory had it
 */
public record Timeline(
    String name,
    String model,
    long firstAt,
    long heldNanos,
    long idleNanos,
    long drainingNanos,
    long unknownNanos,
    boolean present) {

  /** What a device is doing. */
  public enum Use {
    HELD,
    IDLE,
    DRAINING,
    UNKNOWN
  }

  static Timeline firstSeen(String name, String model, long at) {
    return new Timeline(name, model, at, 0, 0, 0, 0, true);
  }

  Timeline plus(Use use, long nanos) {
    return switch (use) {
      case HELD -> with(heldNanos + nanos, idleNanos, drainingNanos, unknownNanos);
      case IDLE -> with(heldNanos, idleNanos + nanos, drainingNanos, unknownNanos);
      case DRAINING -> with(heldNanos, idleNanos, drainingNanos + nanos, unknownNanos);
      case UNKNOWN -> with(heldNanos, idleNanos, drainingNanos, unknownNanos + nanos);
    };
  }

  private Timeline with(long held, long idle, long draining, long unknown) {
    return new Timeline(name, model, firstAt, held, idle, draining, unknown, present);
  }

  Timeline present(String newModel, boolean here) {
    return new Timeline(
        name, newModel, firstAt, heldNanos, idleNanos, drainingNanos, unknownNanos, here);
  }
}
