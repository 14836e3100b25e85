package dev.berth.turns.quota;

/**
 * What a visitor has used and nodes hold of the present window.
 *
 * @param baseDrawnNanos of the base, held by nodes and not used yet
 * @param creditDrawnNanos beyond the base, held by nodes and not used yet
 * @param runs used or held
 */
public record QuotaUse(
    long baseUsedNanos,
    long baseDrawnNanos,
    long creditUsedNanos,
    long creditDrawnNanos,
    int runs) {

  public static QuotaUse of(VisitorQuota quota) {
    QuotaUse use =
        new QuotaUse(quota.baseUsedNanos(), 0, quota.creditUsedNanos(), 0, quota.runsUsed());
    for (Draw draw : quota.draws().values()) {
      use =
          switch (draw) {
            case Draw.Asked asked -> use.plus(asked.base(), 0, quota.startNanos());
            case Draw.Open open -> use.plus(open.allowance(), open.usedNanos(), quota.startNanos());
            case Draw.Closed closed -> use;
          };
    }
    return use;
  }

  private QuotaUse plus(Allowance held, long used, long windowNanos) {
    if (held.windowNanos() != windowNanos) {
      return this;
    }
    long base = held.ofBase(used);
    long credit = held.ofCredit(used);
    return new QuotaUse(
        baseUsedNanos + base,
        baseDrawnNanos + held.baseNanos() - base,
        creditUsedNanos + credit,
        creditDrawnNanos + held.creditNanos() - credit,
        runs + held.runs());
  }

  /** What is left of {@code baseNanos}: nothing if a former tier allowed more. */
  public long left(long baseNanos) {
    return Math.max(0, baseNanos - baseUsedNanos - baseDrawnNanos);
  }
}
