package dev.berth.agent.core;

/** Which part of which card, chip or processor a device name stands for. */
public sealed interface Footprint {
  /** The card, chip or "cpu" whose timeline this occupies. */
  String card();

  /** Whether both may not be prepared at the same time. */
  default boolean conflictsWith(Footprint other) {
    if (!card().equals(other.card())) {
      return false;
    }
    return switch (this) {
      case Common _ -> false;
      case Whole _ -> !(other instanceof Common);
      case Share _ -> !(other instanceof Share) && !(other instanceof Common);
      case Mig mig -> !(other instanceof Mig o) || (mig.memoryMask() & o.memoryMask()) != 0;
    };
  }

  /** The whole card or chip. */
  record Whole(String card) implements Footprint {}

  /** A MIG instance; bit i of the mask is memory unit i. */
  record Mig(String card, long memoryMask) implements Footprint {}

  /** A share of the card's time, in thousandths; shares go together up to 1000. */
  record Share(String card, int milli) implements Footprint {}

  /** Processor and memory, which any number of leases hold. */
  record Common(String card) implements Footprint {}
}
