package dev.berth.agent;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.LeaseState;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Gauges that are read off the state when they are asked for. */
final class AgentMetrics {
  private AgentMetrics() {}

  static void register(Supplier<AgentState> state, BooleanSupplier connected) {
    gauge(
        "berth_agent_leases_held",
        "Leases held now.",
        () -> state.get().leases().values().stream().filter(l -> l.held()).count());
    gauge(
        "berth_agent_leases_draining",
        "Leases given back and not yet unprepared.",
        () ->
            state.get().leases().values().stream()
                .filter(l -> l.state() instanceof LeaseState.Draining)
                .count());
    gauge(
        "berth_agent_reports_pending",
        "Usage reports not yet acknowledged by the hub.",
        () -> state.get().pending().size());
    gauge(
        "berth_agent_highest_epoch",
        "Highest leader epoch seen.",
        () -> state.get().highestEpoch());
    gauge(
        "berth_agent_scheduler_connected",
        "Whether a leading scheduler has welcomed this agent.",
        () -> connected.getAsBoolean() ? 1 : 0);
    gauge(
        "berth_agent_devices_unknown_seconds",
        "Time of all devices that nobody accounts for.",
        () ->
            state.get().devices().values().stream().mapToLong(d -> d.unknownNanos()).sum()
                / 1_000_000_000L);
  }

  private static void gauge(String name, String help, Supplier<Number> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(c -> c.call(value.get().doubleValue()))
        .register();
  }
}
