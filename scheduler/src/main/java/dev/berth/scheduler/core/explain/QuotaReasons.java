package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.quota.QuotaVerdict;

/** Why a quota does not admit a request, with its numbers. */
final class QuotaReasons {
  private QuotaReasons() {}

  static Reason exceeded(QuotaVerdict.OverQuota quota) {
    String message =
        "Queue %s uses %d of flavor %s (nominal %d) and could take %d more now, %d in all; asked %d. %s"
            .formatted(
                quota.charge().queue(),
                quota.used(),
                quota.charge().flavor(),
                quota.nominal(),
                quota.available(),
                quota.most(),
                quota.charge().amount(),
                wayOut(quota));
    return new Reason(
        ReasonCode.QUOTA_EXCEEDED,
        message,
        quota.charge().amount(),
        quota.available(),
        quota.most(),
        "member",
        quota.charge().flavor(),
        0);
  }

  private static String wayOut(QuotaVerdict.OverQuota quota) {
    return quota.charge().amount() > quota.most()
        ? "Ask for fewer members, or raise the quota."
        : "Wait, release something, or raise the quota.";
  }
}
