package dev.berth.operator.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.accounts.v1.AccountsGrpc;
import dev.berth.api.accounts.v1.GetTierReply;
import dev.berth.api.accounts.v1.GetTierRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaPolicy;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcTermsIT {
  private final AtomicInteger asked = new AtomicInteger();
  private Instant now = Instant.parse("2026-11-30T00:00:00Z");
  private Server scheduler;
  private Server hub;
  private ManagedChannel toScheduler;
  private ManagedChannel toHub;
  private GrpcTerms terms;

  @BeforeEach
  void start() throws IOException {
    scheduler = serve(new Policies());
    hub = serve(new Tiers());
    toScheduler = channel(scheduler);
    toHub = channel(hub);
    terms = new GrpcTerms(toScheduler, toHub, () -> now);
  }

  @AfterEach
  void stop() {
    toScheduler.shutdownNow();
    toHub.shutdownNow();
    scheduler.shutdownNow();
    hub.shutdownNow();
  }

  private static Server serve(BindableService service) throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(service)
        .build()
        .start();
  }

  private static ManagedChannel channel(Server server) {
    return Grpc.newChannelBuilder(
            "localhost:" + server.getPort(), InsecureChannelCredentials.create())
        .build();
  }

  @Test
  void termsAreAskedForOnceInTenSecondsAndUnknownWhileTheHubIsAway() throws Exception {
    // When
    Terms first = terms.of("acme");
    Terms again = terms.of("acme");
    hub.shutdownNow().awaitTermination();
    now = now.plusSeconds(11);
    Terms away = terms.of("acme");

    // Then
    assertThat(first)
        .isEqualTo(new Terms.Known("pro", QuotaPolicy.newBuilder().setMaxDurationNanos(7).build()));
    assertThat(again).isEqualTo(first);
    assertThat(asked).hasValue(1);
    assertThat(away).isEqualTo(new Terms.Unknown("the hub"));
  }

  @Test
  void withoutASchedulerThereAreNoRules() throws Exception {
    // When
    scheduler.shutdownNow().awaitTermination();

    // Then
    assertThat(terms.of("acme")).isEqualTo(new Terms.Unknown("the scheduler"));
  }

  private static final class Policies extends QuotaGrpc.QuotaImplBase {
    @Override
    public void getQuotaPolicy(
        GetQuotaPolicyRequest request, StreamObserver<QuotaPolicy> observer) {
      observer.onNext(QuotaPolicy.newBuilder().setMaxDurationNanos(7).build());
      observer.onCompleted();
    }
  }

  private final class Tiers extends AccountsGrpc.AccountsImplBase {
    @Override
    public void getTier(GetTierRequest request, StreamObserver<GetTierReply> observer) {
      asked.incrementAndGet();
      observer.onNext(GetTierReply.newBuilder().setTier("pro").build());
      observer.onCompleted();
    }
  }
}
