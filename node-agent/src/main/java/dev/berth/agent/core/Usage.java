package dev.berth.agent.core;

/**
 * Totals of one lease.
 *
 * @param heldNanos time held so far; never decreases
 * @param startedUnix when it was first held, 0 if never
 * @param untilUnix the wall instant up to which {@code heldNanos} counts; grows at least as fast as
 *     {@code heldNanos}, also when the wall clock is set back
 * @param busyNanos informative, from the exporter
 * @param energyMillijoules informative, from the exporter
 */
public record Usage(
    long heldNanos, long startedUnix, long untilUnix, long busyNanos, long energyMillijoules) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  Usage started(long unix) {
    return startedUnix == 0
        ? new Usage(heldNanos, unix, unix, busyNanos, energyMillijoules)
        : new Usage(
            heldNanos, startedUnix, Math.max(untilUnix, unix), busyNanos, energyMillijoules);
  }

  Usage held(long nanos, long unix) {
    long until = Math.max(untilUnix + nanos, unix);
    return new Usage(heldNanos + nanos, startedUnix, until, busyNanos, energyMillijoules);
  }

  Usage metered(long busy, long energy) {
    return new Usage(heldNanos, startedUnix, untilUnix, busy, energy);
  }
}
