package dev.berth.agent.turns;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a node is shared by turns. Defaults in brackets.
 *
 * @param listen where the device API listens; pods must be able to reach it
 * @param url what pods call instead of http://HOST:PORT of {@code listen}, e.g. with the node's
 *     address when that is 0.0.0.0
 * @param devices names of cards (gpu-5) or MIG slices (gpu-6-mig-3g-71gb-0); two slices of a card,
 *     or two cards that follow each other, are a pair, which an xlarge turn takes
 * @param lend dedicated cards that turns use while no lease has them (none)
 * @param visitorKeys namespace of the ConfigMap berth-visitor-keys (default)
 * @param maxWait in the queue (60 s: the client says so to its user)
 * @param pingInterval to callers that wait (10 s, at most 15 s)
 * @param idleWorker a worker that did nothing for so long is ended (10 min)
 * @param defaultDuration of a call that does not say (60 s)
 * @param allowWithin a granted turn whose worker does not show up in this time is over (30 s)
 * @param grace between the end of what a turn reserved and its kill (1 s)
 * @param killGrace between SIGTERM and SIGKILL (1 s)
 * @param maxRunningPerAccount turns at once, 0 = no limit (0)
 * @param maxRunningPerSpace turns at once, 0 = no limit (0)
 */
public record ZeroGpuConfig(
    HostPort listen,
    @Nullable String url,
    List<String> devices,
    @Nullable List<String> lend,
    @Nullable String visitorKeys,
    @Nullable Duration maxWait,
    @Nullable Duration pingInterval,
    @Nullable Duration idleWorker,
    @Nullable Duration defaultDuration,
    @Nullable Duration allowWithin,
    @Nullable Duration grace,
    @Nullable Duration killGrace,
    @Nullable Integer maxRunningPerAccount,
    @Nullable Integer maxRunningPerSpace) {
  private static final Duration LONGEST_PING = Duration.ofSeconds(15);

  @SuppressWarnings("ConstantValue")
  public ZeroGpuConfig {
    if (listen == null || devices == null || devices.isEmpty()) {
      throw new ConfigException(
          "zeroGpu needs listen: {host, port} and devices, e.g. [gpu-5, gpu-6-mig-3g-71gb-0]");
    }
    if (new HashSet<>(devices).size() != devices.size()) {
      throw new ConfigException("zeroGpu.devices names a device twice: " + devices);
    }
    devices = List.copyOf(devices);
    check(devices, lend == null ? List.of() : lend);
    pingInterval = or(pingInterval, Duration.ofSeconds(10));
    if (!pingInterval.isPositive() || pingInterval.compareTo(LONGEST_PING) > 0) {
      throw new ConfigException(
          "zeroGpu.pingInterval is " + pingInterval + "; expected above zero and at most PT15S");
    }
  }

  /** All but these as by default. */
  public static ZeroGpuConfig of(HostPort listen, List<String> devices) {
    return new ZeroGpuConfig(
        listen, null, devices, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static void check(List<String> devices, List<String> lend) {
    for (String card : lend) {
      boolean shared =
          devices.stream().anyMatch(d -> d.equals(card) || d.startsWith(card + "-mig-"));
      if (shared || card.contains("-mig-") || Collections.frequency(lend, card) > 1) {
        throw new ConfigException(
            "zeroGpu.lend names %s; expected whole cards (gpu-0), each once and none of those in zeroGpu.devices"
                .formatted(card));
      }
    }
  }

  private static Duration or(@Nullable Duration given, Duration otherwise) {
    return given == null ? otherwise : given;
  }

  /** Without a slash at the end. */
  public String address(int port) {
    return url == null ? "http://" + listen.host() + ":" + port : url.replaceAll("/+$", "");
  }

  public List<String> lent() {
    return lend == null ? List.of() : List.copyOf(lend);
  }

  public String keysNamespace() {
    return visitorKeys == null ? "default" : visitorKeys;
  }

  public Duration waitAtMost() {
    return or(maxWait, Duration.ofSeconds(60));
  }

  public Duration ping() {
    return or(pingInterval, Duration.ofSeconds(10));
  }

  public Duration keepIdle() {
    return or(idleWorker, Duration.ofMinutes(10));
  }

  public Duration unsaid() {
    return or(defaultDuration, Duration.ofSeconds(60));
  }

  public Duration showUpWithin() {
    return or(allowWithin, Duration.ofSeconds(30));
  }

  public Duration overrun() {
    return or(grace, Duration.ofSeconds(1));
  }

  public Duration politeness() {
    return or(killGrace, Duration.ofSeconds(1));
  }

  public int accountLimit() {
    return maxRunningPerAccount == null ? 0 : maxRunningPerAccount;
  }

  public int spaceLimit() {
    return maxRunningPerSpace == null ? 0 : maxRunningPerSpace;
  }
}
