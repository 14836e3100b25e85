package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.scheduler.v1.ListQuotasResponse;
import dev.berth.api.scheduler.v1.PublishQuotasRequest;
import dev.berth.api.scheduler.v1.QuotaUsage;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.quota.QuotaRules;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.QuotaView;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.wire.QuotaMessages;
import io.grpc.Status;

/** Quotas in and out of the API. */
final class QuotaReads {
  private QuotaReads() {}

  /** Refuses quotas that contradict themselves. */
  static Event.PublishQuotas event(PublishQuotasRequest request) {
    Quotas quotas = QuotaMessages.read(request);
    String broken = QuotaRules.broken(quotas);
    if (broken != null) {
      throw Refusals.of(Status.INVALID_ARGUMENT, ReasonCode.INVALID_SHAPE, broken);
    }
    return new Event.PublishQuotas(QuotaTree.of(quotas));
  }

  static ListQuotasResponse list(State state, long now) {
    Quotas quotas = state.book().tree().quotas();
    return ListQuotasResponse.newBuilder()
        .addAllUsages(QuotaView.of(state.book(), now).stream().map(QuotaReads::write).toList())
        .setHalfLifeNanos(quotas.halfLifeNanos())
        .setCoolDownNanos(quotas.coolDownNanos())
        .build();
  }

  private static QuotaUsage write(QuotaView view) {
    return QuotaUsage.newBuilder()
        .setNode(view.key().node())
        .setParent(view.parent())
        .setFlavor(view.key().flavor())
        .setNominal(view.nominal())
        .setUsed(view.used())
        .setBorrowed(view.borrowed())
        .setAvailable(view.available())
        .setAverageMicro(view.averageMicros())
        .setSharePpm(view.sharePpm())
        .build();
  }
}
