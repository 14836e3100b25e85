package dev.berth.operator;

import static java.util.Objects.requireNonNullElse;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import dev.berth.operator.resolve.Priorities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operator's configuration file.
 *
 * @param kubeconfig absent: the service account of the pod it runs in
 * @param schedulers "host:port" of all schedulers, leader and standbys
 * @param urlTemplate public URL of a workload; {@code {host}} becomes namespace-name
 * @param hub "host:port" of the hub's gRPC, which knows tiers; none: no account is limited in how
 *     many ZeroGPU Spaces it hosts
 * @param startupTimeout for workloads that do not say
 * @param priorities names for priorities, each -1000 to 1000; default low, normal and high
 */
public record OperatorConfig(
    @Nullable Path kubeconfig,
    List<String> schedulers,
    List<String> hub,
    String urlTemplate,
    Duration startupTimeout,
    boolean leaderElection,
    Map<String, Integer> priorities,
    Tls tls,
    HostPort management) {
  static final String HOST = "{host}";

  public OperatorConfig {
    startupTimeout = requireNonNullElse(startupTimeout, Duration.ofMinutes(30));
    if (schedulers == null || schedulers.isEmpty()) {
      throw new ConfigException("schedulers is empty; give at least one host:port");
    }
    if (urlTemplate == null || !urlTemplate.contains(HOST)) {
      throw new ConfigException(
          "urlTemplate is '%s'; expected an URL with %s".formatted(urlTemplate, HOST));
    }
    if (tls == null || management == null) {
      throw new ConfigException("tls and management are needed; see the README of the operator");
    }
    schedulers = List.copyOf(schedulers);
    hub = hub == null ? List.of() : List.copyOf(hub);
    priorities = priorities == null ? Priorities.DEFAULT.byName() : Map.copyOf(priorities);
    priorities.forEach(OperatorConfig::inRange);
  }

  private static void inRange(String name, int priority) {
    if (priority < Priorities.LOWEST || priority > Priorities.HIGHEST) {
      throw new ConfigException(
          "priorities has %s: %d; expected %d to %d"
              .formatted(name, priority, Priorities.LOWEST, Priorities.HIGHEST));
    }
  }

  String url(String host) {
    return urlTemplate.replace(HOST, host);
  }
}
