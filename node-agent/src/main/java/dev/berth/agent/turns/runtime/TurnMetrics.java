package dev.berth.agent.turns.runtime;

import dev.berth.agent.turns.core.TurnAnswer;
import dev.berth.agent.turns.core.TurnFact;
import dev.berth.agent.turns.core.TurnRecord;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;

/** What turns did, for Prometheus. */
final class TurnMetrics {
  private static final double NANOS = 1e9;
  private static final Counter TURNS =
      Counter.builder()
          .name("berth_agent_turns_total")
          .help("Calls that ended, by outcome: how the turn ended, or why there was none.")
          .labelNames("outcome")
          .register();
  private static final Counter GRANTS =
      Counter.builder()
          .name("berth_agent_turn_grants_total")
          .help("Granted turns, by whether a warm worker was there.")
          .labelNames("warm")
          .register();
  private static final Histogram WAIT =
      Histogram.builder()
          .name("berth_agent_turn_wait_seconds")
          .help("From the call to the grant.")
          .classicUpperBounds(0.002, 0.005, 0.01, 0.05, 0.2, 1, 5, 15, 30, 60)
          .register();
  private static final Histogram RUN =
      Histogram.builder()
          .name("berth_agent_turn_run_seconds")
          .help("From the grant to the end.")
          .classicUpperBounds(0.05, 0.2, 1, 5, 15, 30, 60, 120, 300, 600)
          .register();

  private TurnMetrics() {}

  static void count(TurnFact fact) {
    if (fact instanceof TurnFact.Ended ended) {
      TurnRecord record = ended.record();
      TURNS.labelValues(record.reason().name().toLowerCase(Locale.ROOT)).inc();
      RUN.observe(record.measuredNanos() / NANOS);
      WAIT.observe(record.waitedNanos() / NANOS);
    } else if (fact instanceof TurnFact.Granted granted) {
      GRANTS.labelValues(Boolean.toString(granted.warm() != null)).inc();
    }
  }

  static void count(TurnAnswer answer) {
    switch (answer) {
      case TurnAnswer.Granted _, TurnAnswer.Queued _ -> {}
      case TurnAnswer.TimedOut _ -> TURNS.labelValues("queue_timeout").inc();
      case TurnAnswer.Refused r ->
          TURNS.labelValues(r.refusal().code().name().toLowerCase(Locale.ROOT)).inc();
      case TurnAnswer.TooLong _ -> TURNS.labelValues("illegal_duration").inc();
      case TurnAnswer.Unavailable _ -> TURNS.labelValues("unavailable").inc();
    }
  }
}
