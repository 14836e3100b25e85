package dev.berth.scheduler.wire;

import dev.berth.api.turns.v1.DrawReply;
import dev.berth.api.turns.v1.DrawRequest;
import dev.berth.api.turns.v1.QuotaRefusal;
import dev.berth.api.turns.v1.QuotaRefusalCode;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.RefusedSpending;
import dev.berth.api.turns.v1.SettleReply;
import dev.berth.api.turns.v1.SettleRequest;
import dev.berth.api.turns.v1.TierQuota;
import dev.berth.turns.quota.Allowance;
import dev.berth.turns.quota.Answer;
import dev.berth.turns.quota.Ask;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import dev.berth.turns.quota.QuotaPolicy;
import dev.berth.turns.quota.QuotaView;
import dev.berth.turns.quota.Spent;
import dev.berth.turns.quota.TierPolicy;

/** ZeroGPU quotas as messages. */
public final class TurnQuotas {
  private TurnQuotas() {}

  public static Ask read(DrawRequest request) {
    return new Ask(
        request.getDrawId(),
        request.getNode(),
        request.getVisitor(),
        request.getTier(),
        request.getNeedNanos(),
        request.getWantNanos(),
        request.getRuns());
  }

  public static QuotaEvent.Settled read(SettleRequest request) {
    return new QuotaEvent.Settled(
        request.getNode(),
        request.getSpentList().stream()
            .map(s -> new Spent(s.getDrawId(), s.getUsedNanos(), s.getUsedRuns(), s.getClosed()))
            .toList());
  }

  public static DrawReply write(String id, Allowance allowance) {
    return DrawReply.newBuilder()
        .setAllowance(
            dev.berth.api.turns.v1.Allowance.newBuilder()
                .setDrawId(id)
                .setNanos(allowance.nanos())
                .setRuns(allowance.runs())
                .setExpiresUnixNanos(allowance.expiresNanos())
                .setCreditNanos(allowance.creditNanos()))
        .build();
  }

  public static QuotaRefusal write(Answer.Refused refused) {
    return QuotaRefusal.newBuilder()
        .setCode(write(refused.code()))
        .setLeftNanos(refused.leftNanos())
        .setWaitNanos(refused.waitNanos())
        .build();
  }

  private static QuotaRefusalCode write(Answer.Code code) {
    return switch (code) {
      case QUOTA_EXHAUSTED -> QuotaRefusalCode.QUOTA_EXHAUSTED;
      case RUNS_EXHAUSTED -> QuotaRefusalCode.RUNS_EXHAUSTED;
      case CREDIT_PENDING -> QuotaRefusalCode.CREDIT_PENDING;
    };
  }

  public static Answer.Code read(QuotaRefusalCode code) {
    return switch (code) {
      case QUOTA_EXHAUSTED -> Answer.Code.QUOTA_EXHAUSTED;
      case RUNS_EXHAUSTED -> Answer.Code.RUNS_EXHAUSTED;
      case CREDIT_PENDING -> Answer.Code.CREDIT_PENDING;
      case QUOTA_REFUSAL_CODE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("Refusal code " + code + " is unknown");
    };
  }

  public static SettleReply write(QuotaEffect.SettlementAnswered answer) {
    SettleReply.Builder reply = SettleReply.newBuilder().addAllSettled(answer.settled());
    for (QuotaEffect.Refused refused : answer.refused()) {
      reply.addRefused(
          RefusedSpending.newBuilder().setDrawId(refused.id()).setMessage(refused.message()));
    }
    return reply.build();
  }

  public static QuotaStatus write(QuotaView view) {
    return QuotaStatus.newBuilder()
        .setVisitor(view.visitor())
        .setTier(view.tier())
        .setBaseNanos(view.policy().baseNanos())
        .setUsedNanos(view.use().baseUsedNanos())
        .setDrawnNanos(view.use().baseDrawnNanos())
        .setOverquotaNanos(view.use().creditUsedNanos())
        .setRunsLimit(view.policy().runs())
        .setRunsUsed(view.use().runs())
        .setResetsUnixNanos(view.endNanos())
        .setWeight(view.policy().weight())
        .build();
  }

  public static dev.berth.api.turns.v1.QuotaPolicy write(QuotaPolicy policy) {
    dev.berth.api.turns.v1.QuotaPolicy.Builder written =
        dev.berth.api.turns.v1.QuotaPolicy.newBuilder()
            .setWindowNanos(policy.windowNanos())
            .setMaxDurationNanos(policy.turnNanos())
            .setMicroUsdPerMinute(policy.microUsdPerMinute());
    policy.tiers().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(entry -> written.addTiers(write(entry.getKey(), entry.getValue(), policy)));
    return written.build();
  }

  private static TierQuota write(String name, TierPolicy tier, QuotaPolicy policy) {
    return TierQuota.newBuilder()
        .setTier(name)
        .setBaseNanos(tier.baseNanos())
        .setRuns(tier.runs())
        .setWeight(tier.weight())
        .setSpaces(tier.spaces())
        .setCredits(tier.credits())
        .setMaxDurationNanos(policy.longestTurn(tier))
        .build();
  }
}
