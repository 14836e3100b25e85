package dev.berth.scheduler.zerogpu;

import dev.berth.api.process.HostPort;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.scheduler.config.SchedulerConfig;
import dev.berth.scheduler.config.ZeroGpuConfig;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.Candidate;
import dev.berth.scheduler.leadership.MonotonicClock;
import dev.berth.scheduler.rpc.GrpcEndpoint;
import dev.berth.scheduler.rpc.ServingHealth;
import dev.berth.scheduler.rpc.TurnQuotaService;
import dev.berth.scheduler.store.ZooKeeperConnection;
import dev.berth.scheduler.store.ZooKeeperPlacementStore;
import dev.berth.scheduler.store.ZooKeeperQuotaStore;
import dev.berth.turns.quota.QuotaPolicy;
import dev.berth.turns.quota.Quotas;
import io.grpc.InsecureServerCredentials;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;

/** One scheduler of which only the quotas have a network face. */
final class QuotaMember implements AutoCloseable {
  final ActiveTerm active = new ActiveTerm();
  private final CuratorFramework curator;
  private final GrpcEndpoint endpoint;
  private final Candidate candidate;

  QuotaMember(String id, String connect, CreditLedger ledger) {
    curator =
        ZooKeeperConnection.open(
            new SchedulerConfig.ZooKeeper(connect, "/berth", Duration.ofSeconds(2)));
    MonotonicClock clock = MonotonicClock.system();
    QuotaPolicy policy = new ZeroGpuConfig(null, null).policy();
    ServingHealth health = new ServingHealth();
    QuotaTerms terms =
        new QuotaTerms(
            new Quotas(policy),
            new ZooKeeperQuotaStore(curator, "/berth"),
            clock,
            ledger,
            (event, effects, nanos) -> {},
            ready -> health.serving(QuotaGrpc.SERVICE_NAME, ready));
    active.addListener(health);
    active.addListener(terms);
    candidate =
        new Candidate(
            curator,
            "/berth",
            id,
            new ZooKeeperPlacementStore(curator, "/berth"),
            () -> new Scheduler(10_000_000_000L),
            clock,
            active,
            List.of());
    endpoint =
        GrpcEndpoint.start(
            new HostPort("127.0.0.1", 0),
            InsecureServerCredentials.create(),
            List.of(new TurnQuotaService(terms, policy, clock), health.service()));
    candidate.start();
  }

  String address() {
    return "127.0.0.1:" + endpoint.port();
  }

  boolean leads() {
    return active.current() != null;
  }

  @Override
  public void close() throws InterruptedException {
    candidate.close();
    endpoint.close();
    curator.close();
  }
}
