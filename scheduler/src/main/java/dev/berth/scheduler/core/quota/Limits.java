package dev.berth.scheduler.core.quota;

/**
 * What a node of the quota tree has of one flavor, in members: {@code nominal} of its own, {@code
 * borrowing} the most it may take from its parent beyond that, {@code lending} the most of its own
 * that others may use. {@link #UNLIMITED} where absent.
 */
public record Limits(long nominal, long borrowing, long lending) {
  public static final long UNLIMITED = Long.MAX_VALUE;
  public static final Limits NONE = new Limits(0, UNLIMITED, UNLIMITED);

  public static Limits of(long nominal) {
    return new Limits(nominal, UNLIMITED, UNLIMITED);
  }
}
