package dev.berth.agent.turns.quota;

import dev.berth.agent.turns.quota.DrawAnswer.Standing;
import dev.berth.agent.turns.quota.QuotaRules.TierRule;
import dev.berth.agent.turns.quota.Reserved.Refused;
import dev.berth.api.turns.v1.DrawReply;
import dev.berth.api.turns.v1.DrawRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaRefusalCode;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.RefusedSpending;
import dev.berth.api.turns.v1.SettleReply;
import dev.berth.api.turns.v1.SettleRequest;
import dev.berth.api.turns.v1.Spent;
import dev.berth.api.turns.v1.TierQuota;
import io.grpc.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The quota that the leading scheduler keeps. */
public final class GrpcQuotaKeeper implements QuotaKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcQuotaKeeper.class);
  private static final long PERMILLE = 1000;
  private final QuotaGrpc.QuotaBlockingStub stub;
  private final String node;
  private final Duration patience;

  public GrpcQuotaKeeper(Channel channel, String node, Duration patience) {
    this.stub = QuotaGrpc.newBlockingStub(channel);
    this.node = node;
    this.patience = patience;
  }

  private QuotaGrpc.QuotaBlockingStub call() {
    return stub.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS).withWaitForReady();
  }

  @Override
  public DrawAnswer draw(Draw draw) {
    return answer(
        call()
            .draw(
                DrawRequest.newBuilder()
                    .setDrawId(draw.drawId())
                    .setNode(node)
                    .setVisitor(draw.visitor())
                    .setTier(draw.tier())
                    .setNeedNanos(draw.needNanos())
                    .setWantNanos(draw.wantNanos())
                    .setRuns(draw.runs())
                    .build()));
  }

  @Override
  public QuotaRules rules() {
    Map<String, TierRule> tiers = new HashMap<>();
    for (TierQuota tier :
        call().getQuotaPolicy(GetQuotaPolicyRequest.getDefaultInstance()).getTiersList()) {
      tiers.put(tier.getTier(), new TierRule(tier.getWeight(), tier.getMaxDurationNanos()));
    }
    return new QuotaRules(tiers);
  }

  private static DrawAnswer answer(DrawReply reply) {
    Standing standing = standing(reply.getStatus());
    return switch (reply.getAnswerCase()) {
      case ALLOWANCE ->
          new DrawAnswer.Given(
              reply.getAllowance().getNanos(),
              reply.getAllowance().getRuns(),
              reply.getAllowance().getExpiresUnixNanos(),
              standing);
      case REFUSAL ->
          new DrawAnswer.Denied(
              code(reply.getRefusal().getCode()),
              reply.getRefusal().getLeftNanos(),
              reply.getRefusal().getWaitNanos(),
              standing);
      case ANSWER_NOT_SET -> throw new IllegalStateException("A draw got no answer");
    };
  }

  private static Refused.Code code(QuotaRefusalCode code) {
    return switch (code) {
      case RUNS_EXHAUSTED -> Refused.Code.RUNS_EXHAUSTED;
      case CREDIT_PENDING -> Refused.Code.CREDIT_PENDING;
      case QUOTA_EXHAUSTED, QUOTA_REFUSAL_CODE_UNSPECIFIED, UNRECOGNIZED ->
          Refused.Code.QUOTA_EXHAUSTED;
    };
  }

  private static Standing standing(QuotaStatus s) {
    long left = Math.max(0, s.getBaseNanos() - s.getUsedNanos());
    long permille = s.getBaseNanos() > 0 ? left * PERMILLE / s.getBaseNanos() : 0;
    return new Standing((int) permille);
  }

  @Override
  public List<String> settle(List<Allowance> spent) {
    SettleRequest.Builder request = SettleRequest.newBuilder().setNode(node);
    for (Allowance a : spent) {
      request.addSpent(
          Spent.newBuilder()
              .setDrawId(a.drawId())
              .setUsedNanos(a.usedNanos())
              .setUsedRuns(a.usedRuns())
              .setClosed(a.closed()));
    }
    SettleReply reply = call().settle(request.build());
    for (RefusedSpending no : reply.getRefusedList()) {
      LOG.atError()
          .addKeyValue("draw", no.getDrawId())
          .addKeyValue("message", no.getMessage())
          .log("The keeper of the quota refuses what this node says was spent.");
    }
    return reply.getSettledList();
  }
}
