package dev.berth.agent.turns.http;

import dev.berth.api.turns.v1.Allowance;
import dev.berth.api.turns.v1.DrawReply;
import dev.berth.api.turns.v1.DrawRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaPolicy;
import dev.berth.api.turns.v1.QuotaRefusal;
import dev.berth.api.turns.v1.QuotaRefusalCode;
import dev.berth.api.turns.v1.SettleReply;
import dev.berth.api.turns.v1.SettleRequest;
import dev.berth.api.turns.v1.Spent;
import dev.berth.api.turns.v1.TierQuota;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A keeper of quota that gives what there is: so many seconds and runs to each visitor. */
final class FakeQuota extends QuotaGrpc.QuotaImplBase implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private final Map<String, Long> left = new HashMap<>();
  private final Map<String, Integer> runs = new HashMap<>();
  private final Map<String, DrawReply> answers = new HashMap<>();
  final Map<String, Spent> spent = new ConcurrentHashMap<>();
  private final Map<String, TierQuota> tiers = new ConcurrentHashMap<>();
  private final Server server;
  private final ManagedChannel channel;

  FakeQuota() throws IOException {
    rule("anonymous", 1, 120);
    rule("free", 2, 120);
    rule("pro", 4, 300);
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
  }

  ManagedChannel channel() {
    return channel;
  }

  synchronized void set(String visitor, long seconds, int ofRuns) {
    left.put(visitor, seconds * SECOND);
    runs.put(visitor, ofRuns);
  }

  void rule(String tier, int weight, long longestSeconds) {
    tiers.put(
        tier,
        TierQuota.newBuilder()
            .setTier(tier)
            .setWeight(weight)
            .setMaxDurationNanos(longestSeconds * SECOND)
            .build());
  }

  @Override
  public void getQuotaPolicy(GetQuotaPolicyRequest request, StreamObserver<QuotaPolicy> observer) {
    observer.onNext(QuotaPolicy.newBuilder().addAllTiers(tiers.values()).build());
    observer.onCompleted();
  }

  @Override
  public synchronized void draw(DrawRequest request, StreamObserver<DrawReply> observer) {
    observer.onNext(answers.computeIfAbsent(request.getDrawId(), _ -> decide(request)));
    observer.onCompleted();
  }

  private DrawReply decide(DrawRequest r) {
    long has = left.getOrDefault(r.getVisitor(), 3600 * SECOND);
    int has2 = runs.getOrDefault(r.getVisitor(), 1000);
    if (has2 < r.getRuns()) {
      return refusal(QuotaRefusalCode.RUNS_EXHAUSTED, has, 0);
    }
    if (has < r.getNeedNanos()) {
      return refusal(QuotaRefusalCode.QUOTA_EXHAUSTED, has, 3600 * SECOND);
    }
    long given = Math.min(has, r.getWantNanos());
    left.put(r.getVisitor(), has - given);
    runs.put(r.getVisitor(), has2 - r.getRuns());
    return DrawReply.newBuilder()
        .setAllowance(
            Allowance.newBuilder()
                .setDrawId(r.getDrawId())
                .setNanos(given)
                .setRuns(r.getRuns())
                .setExpiresUnixNanos(Long.MAX_VALUE))
        .build();
  }

  private static DrawReply refusal(QuotaRefusalCode code, long left, long wait) {
    return DrawReply.newBuilder()
        .setRefusal(QuotaRefusal.newBuilder().setCode(code).setLeftNanos(left).setWaitNanos(wait))
        .build();
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleReply> observer) {
    SettleReply.Builder reply = SettleReply.newBuilder();
    for (Spent s : request.getSpentList()) {
      spent.put(s.getDrawId(), s);
      if (s.getClosed()) {
        reply.addSettled(s.getDrawId());
      }
    }
    observer.onNext(reply.build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
