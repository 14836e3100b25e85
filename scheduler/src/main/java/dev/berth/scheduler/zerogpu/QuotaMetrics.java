package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.Answer;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import dev.berth.turns.quota.QuotaState;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts draws and settlements, and shows how many visitors and draws are kept. */
public final class QuotaMetrics implements QuotaObserver {
  private final Counter draws;
  private final Counter settlements;
  private final Counter reservations;
  private final Histogram latency;

  public QuotaMetrics(PrometheusRegistry registry) {
    draws =
        Counter.builder()
            .name("berth_scheduler_quota_draws_total")
            .help("Answers to Draw, by outcome.")
            .labelNames("outcome")
            .register(registry);
    settlements =
        Counter.builder()
            .name("berth_scheduler_quota_settlements_total")
            .help("Draws named in Settle that were closed or refused, by outcome.")
            .labelNames("outcome")
            .register(registry);
    reservations =
        Counter.builder()
            .name("berth_scheduler_quota_reservations_total")
            .help("What the hub said of credits, by outcome.")
            .labelNames("outcome")
            .register(registry);
    latency =
        Histogram.builder()
            .name("berth_scheduler_quota_commit_duration_seconds")
            .help("From the arrival of a Draw or Settle until it is durable.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
            .register(registry);
  }

  /** Shows the state; 0 on a standby. */
  public QuotaMetrics showing(PrometheusRegistry registry, Supplier<@Nullable QuotaState> state) {
    GaugeWithCallback.builder()
        .name("berth_scheduler_quota_visitors")
        .help("Visitors with something used or drawn.")
        .callback(
            callback -> {
              QuotaState now = state.get();
              callback.call(now == null ? 0 : now.visitors().size());
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("berth_scheduler_quota_known_draws")
        .help("Draws that are open or were closed lately.")
        .callback(
            callback -> {
              QuotaState now = state.get();
              callback.call(now == null ? 0 : now.owners().size());
            })
        .register(registry);
    return this;
  }

  @Override
  public void decided(QuotaEvent event, List<QuotaEffect> effects, long nanos) {
    if (event instanceof QuotaEvent.Drawn || event instanceof QuotaEvent.Settled) {
      latency.observe(nanos / 1e9);
    }
    if (event instanceof QuotaEvent.Reserved reserved) {
      reservations.labelValues(outcome(reserved.reservation())).inc();
    }
    for (QuotaEffect effect : effects) {
      if (effect instanceof QuotaEffect.Answered answered) {
        draws.labelValues(outcome(answered.answer())).inc();
      } else if (effect instanceof QuotaEffect.SettlementAnswered settled) {
        settlements.labelValues("settled").inc(settled.settled().size());
        settlements.labelValues("refused").inc(settled.refused().size());
      }
    }
  }

  private static String outcome(Answer answer) {
    return switch (answer) {
      case Answer.Given given -> "allowance";
      case Answer.Refused refused -> refused.code().name().toLowerCase(Locale.ROOT);
      case Answer.Contradicted contradicted -> "contradicted";
    };
  }

  private static String outcome(QuotaEvent.Reservation reservation) {
    return switch (reservation) {
      case QuotaEvent.Reservation.Given given -> "given";
      case QuotaEvent.Reservation.Refused refused -> refused.pending() ? "pending" : "refused";
      case QuotaEvent.Reservation.Unknown unknown -> "unknown";
    };
  }
}
