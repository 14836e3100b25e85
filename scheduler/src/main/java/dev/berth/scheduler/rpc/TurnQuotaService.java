package dev.berth.scheduler.rpc;

import dev.berth.api.turns.v1.DrawReply;
import dev.berth.api.turns.v1.DrawRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.GetQuotaRequest;
import dev.berth.api.turns.v1.ListQuotasReply;
import dev.berth.api.turns.v1.ListQuotasRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.SettleReply;
import dev.berth.api.turns.v1.SettleRequest;
import dev.berth.scheduler.wire.TurnQuotas;
import dev.berth.scheduler.zerogpu.QuotaTerms;
import dev.berth.turns.quota.Answer;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import dev.berth.turns.quota.QuotaPolicy;
import dev.berth.turns.quota.QuotaState;
import dev.berth.turns.quota.QuotaView;
import dev.berth.turns.quota.VisitorQuota;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** ZeroGPU quotas over gRPC: translate, call, translate back. */
public final class TurnQuotaService extends QuotaGrpc.QuotaImplBase {
  private final QuotaTerms terms;
  private final QuotaPolicy policy;
  private final LongSupplier clock;

  public TurnQuotaService(QuotaTerms terms, QuotaPolicy policy, LongSupplier clock) {
    this.terms = terms;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public void draw(DrawRequest request, StreamObserver<DrawReply> observer) {
    answer(
        observer,
        () -> {
          QuotaEvent event = new QuotaEvent.Drawn(TurnQuotas.read(request));
          QuotaEffect.Answered answered = (QuotaEffect.Answered) terms.submit(event).join();
          return reply(request, answered.answer());
        });
  }

  private DrawReply reply(DrawRequest request, Answer answer) {
    DrawReply reply =
        switch (answer) {
          case Answer.Given given -> TurnQuotas.write(request.getDrawId(), given.allowance());
          case Answer.Refused refused ->
              DrawReply.newBuilder().setRefusal(TurnQuotas.write(refused)).build();
          case Answer.Contradicted contradicted -> throw invalid(contradicted.message());
        };
    return reply.toBuilder().setStatus(status(request.getVisitor(), request.getTier())).build();
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleReply> observer) {
    answer(
        observer,
        () ->
            TurnQuotas.write(
                (QuotaEffect.SettlementAnswered) terms.submit(TurnQuotas.read(request)).join()));
  }

  @Override
  public void getQuota(GetQuotaRequest request, StreamObserver<QuotaStatus> observer) {
    answer(observer, () -> status(request.getVisitor(), request.getTier()));
  }

  private QuotaStatus status(String visitor, String tier) {
    QuotaView view = QuotaView.of(terms.state(), policy, visitor, tier, clock.getAsLong());
    if (view == null) {
      throw invalid("tier=" + tier + " is unknown; expected " + policy.tiers().keySet());
    }
    return TurnQuotas.write(view);
  }

  @Override
  public void listQuotas(ListQuotasRequest request, StreamObserver<ListQuotasReply> observer) {
    answer(observer, this::all);
  }

  private ListQuotasReply all() {
    QuotaState state = terms.state();
    long now = clock.getAsLong();
    ListQuotasReply.Builder reply = ListQuotasReply.newBuilder();
    for (VisitorQuota quota : state.visitors().values()) {
      QuotaView view = QuotaView.of(state, policy, quota.visitor(), quota.tier(), now);
      if (view != null && view.endNanos() != 0) {
        reply.addQuotas(TurnQuotas.write(view));
      }
    }
    return reply.build();
  }

  @Override
  public void getQuotaPolicy(
      GetQuotaPolicyRequest request, StreamObserver<dev.berth.api.turns.v1.QuotaPolicy> observer) {
    answer(observer, () -> TurnQuotas.write(policy));
  }

  private static RuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  /** Calls run on virtual threads, so waiting costs nothing. */
  private static <T> void answer(StreamObserver<T> observer, Supplier<T> reply) {
    try {
      observer.onNext(reply.get());
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }
}
