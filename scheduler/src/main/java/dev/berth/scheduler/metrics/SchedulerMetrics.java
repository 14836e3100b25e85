package dev.berth.scheduler.metrics;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.DecisionObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Counts decisions by outcome and reason, and shows the leader's state when asked. */
public final class SchedulerMetrics implements DecisionObserver {
  private final Counter decisions;
  private final Histogram latency;

  public SchedulerMetrics(PrometheusRegistry registry, ActiveTerm active) {
    decisions =
        Counter.builder()
            .name("berth_scheduler_decisions_total")
            .help("Answers to Place, by outcome and first reason.")
            .labelNames("outcome", "reason")
            .register(registry);
    latency =
        Histogram.builder()
            .name("berth_scheduler_decision_duration_seconds")
            .help("From the arrival of a Place to its durable answer.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
            .register(registry);
    gauge(registry, active, "berth_scheduler_leader_state", "1 while this process leads.", s -> 1);
    gauge(
        registry,
        active,
        "berth_scheduler_epoch_number",
        "Epoch led; 0 on a standby.",
        State::epoch);
    gauge(
        registry,
        active,
        "berth_scheduler_waiting_placements",
        "Placements in the queue.",
        s -> s.queue().size());
    gauge(
        registry,
        active,
        "berth_scheduler_held_placements",
        "Placements that hold devices.",
        s -> s.placements().size() - s.queue().size());
    gauge(
        registry,
        active,
        "berth_scheduler_ready_nodes",
        "Nodes that heartbeat.",
        s -> s.nodes().values().stream().filter(Node::ready).count());
    gauge(
        registry,
        active,
        "berth_scheduler_known_nodes",
        "Nodes that ever registered.",
        s -> s.nodes().size());
  }

  /** A gauge of the leader's state; 0 on a standby. */
  private static void gauge(
      PrometheusRegistry registry,
      ActiveTerm active,
      String name,
      String help,
      ToDoubleFunction<State> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(
            callback -> {
              DecisionLoop current = active.current();
              callback.call(current == null ? 0 : value.applyAsDouble(current.state()));
            })
        .register(registry);
  }

  @Override
  public void decided(State state, Event event, List<Effect> effects, long nanos) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.PlaceAnswered answered) {
        latency.observe(nanos / 1e9);
        count(answered.outcome());
      }
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Placed placed -> decisions.labelValues("placed", "none").inc();
      case Outcome.Waiting waiting ->
          decisions.labelValues("waiting", "none").inc(); // Why is found later, if asked.
      case Outcome.Rejected rejected ->
          decisions.labelValues("rejected", first(rejected.reasons())).inc();
    }
  }

  private static String first(List<Reason> reasons) {
    return reasons.isEmpty() ? "none" : reasons.getFirst().code().name();
  }
}
