package dev.berth.operator.hosting;

import dev.berth.api.accounts.v1.AccountsGrpc;
import dev.berth.api.accounts.v1.GetTierRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaPolicy;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tiers from the hub and the rules from the leading scheduler. An answer holds for ten seconds, a
 * silence for two, so that a fleet of Spaces asks little.
 */
public final class GrpcTerms implements Terms.Source {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcTerms.class);
  private static final long PATIENCE_SECONDS = 2;
  private static final Duration HOLDS = Duration.ofSeconds(10);
  private static final Duration SILENCE_HOLDS = Duration.ofSeconds(2);

  private final Channel scheduler;
  private final Channel hub;
  private final InstantSource clock;
  private final Map<String, Heard<String>> tiers = new ConcurrentHashMap<>();
  private final Map<String, Heard<QuotaPolicy>> policies = new ConcurrentHashMap<>();

  private record Heard<T>(Optional<T> value, Instant until) {}

  public GrpcTerms(Channel scheduler, Channel hub, InstantSource clock) {
    this.scheduler = scheduler;
    this.hub = hub;
    this.clock = clock;
  }

  @Override
  public Terms of(String account) {
    Optional<QuotaPolicy> policy = heard(policies, "", this::policy);
    if (policy.isEmpty()) {
      return new Terms.Unknown("the scheduler");
    }
    return heard(tiers, account, () -> tier(account))
        .<Terms>map(tier -> new Terms.Known(tier, policy.get()))
        .orElseGet(() -> new Terms.Unknown("the hub"));
  }

  private QuotaPolicy policy() {
    return QuotaGrpc.newBlockingStub(scheduler)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .getQuotaPolicy(GetQuotaPolicyRequest.getDefaultInstance());
  }

  private String tier(String account) {
    return AccountsGrpc.newBlockingStub(hub)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .getTier(GetTierRequest.newBuilder().setAccount(account).build())
        .getTier();
  }

  private <T> Optional<T> heard(Map<String, Heard<T>> known, String key, Supplier<T> ask) {
    Instant now = clock.instant();
    Heard<T> before = known.get(key);
    if (before != null && now.isBefore(before.until())) {
      return before.value();
    }
    known.values().removeIf(old -> !now.isBefore(old.until()));
    Heard<T> heard = ask(ask);
    known.put(key, heard);
    return heard.value();
  }

  private <T> Heard<T> ask(Supplier<T> ask) {
    try {
      T value = ask.get();
      return new Heard<>(Optional.of(value), clock.instant().plus(HOLDS));
    } catch (StatusRuntimeException e) {
      LOG.atWarn().addKeyValue("why", e.getStatus()).log("What an account may host is not known.");
      return new Heard<>(Optional.empty(), clock.instant().plus(SILENCE_HOLDS));
    }
  }
}
