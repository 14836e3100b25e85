package dev.berth.hub.pricing;

/** All prices that ever were, by flavor and catalog version. Append-only. */
public interface PriceBook {
  /** Writes a new price down. A price that is there already is kept as it is. */
  Recorded record(Price price);

  /** What became of a price. */
  sealed interface Recorded {
    /** New in the book. */
    record Learned() implements Recorded {}

    /** The same price was there. */
    record Known() implements Recorded {}

    /** Another price stands under the same flavor and catalog version; it was kept. */
    record Refused(long committedMicroUsdPerHour) implements Recorded {}
  }
}
