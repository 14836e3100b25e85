package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;

/**
 * One visitor's window, what closed draws used of it, and all draws that are known.
 *
 * @param tier as of the last draw
 * @param startNanos of the window; 0: none has begun
 * @param endNanos of the window; 0: none has begun
 * @param baseUsedNanos of the base, by draws that are closed
 * @param creditUsedNanos beyond the base, by draws that are closed
 * @param runsUsed by draws that are closed
 * @param draws by id, of this window and of former ones
 */
public record VisitorQuota(
    String visitor,
    String tier,
    long startNanos,
    long endNanos,
    long baseUsedNanos,
    long creditUsedNanos,
    int runsUsed,
    OrderedMap<String, Draw> draws) {

  static VisitorQuota unseen(String visitor, String tier) {
    return new VisitorQuota(visitor, tier, 0, 0, 0, 0, 0, OrderedMap.empty());
  }

  /** As it is at {@code now}: an ended window is none. */
  VisitorQuota at(long now) {
    return startNanos != 0 && now >= endNanos ? withoutWindow() : this;
  }

  private VisitorQuota withoutWindow() {
    return new VisitorQuota(visitor, tier, 0, 0, 0, 0, 0, draws);
  }

  /** A window begins unless there is one. */
  VisitorQuota begun(String newTier, long now, long windowNanos) {
    return startNanos != 0
        ? new VisitorQuota(
            visitor, newTier, startNanos, endNanos, baseUsedNanos, creditUsedNanos, runsUsed, draws)
        : new VisitorQuota(visitor, newTier, now, now + windowNanos, 0, 0, 0, draws);
  }

  VisitorQuota with(Draw draw) {
    return withDraws(draws.with(draw.ask().id(), draw));
  }

  VisitorQuota withDraws(OrderedMap<String, Draw> changed) {
    return new VisitorQuota(
        visitor, tier, startNanos, endNanos, baseUsedNanos, creditUsedNanos, runsUsed, changed);
  }

  /** Counts what a draw of the present window used in the end; one of an ended window is past. */
  VisitorQuota counting(Allowance allowance, long usedNanos, int runs) {
    return allowance.windowNanos() != startNanos
        ? this
        : new VisitorQuota(
            visitor,
            tier,
            startNanos,
            endNanos,
            baseUsedNanos + allowance.ofBase(usedNanos),
            creditUsedNanos + allowance.ofCredit(usedNanos),
            runsUsed + runs,
            draws);
  }

  /** The window has not been used after all if nothing was spent and nothing is held. */
  VisitorQuota unlessUnused() {
    QuotaUse use = QuotaUse.of(this);
    boolean unused =
        use.baseUsedNanos() == 0
            && use.creditUsedNanos() == 0
            && use.runs() == 0
            && use.baseDrawnNanos() == 0
            && use.creditDrawnNanos() == 0;
    return unused ? withoutWindow() : this;
  }

  boolean isForgettable(long now) {
    return draws.isEmpty() && (startNanos == 0 || now >= endNanos);
  }
}
