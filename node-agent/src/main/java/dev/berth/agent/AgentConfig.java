package dev.berth.agent;

import dev.berth.agent.location.Chips;
import dev.berth.agent.location.Location;
import dev.berth.agent.location.TpuPlace;
import dev.berth.agent.turns.ZeroGpuConfig;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the node agent.
 *
 * @param node Kubernetes node name; also the name of its device pool
 * @param kubeconfig absent: in the cluster
 * @param kubeletRoot holds plugins_registry/ and plugins/
 * @param schedulers "host:port" of leader and standbys
 * @param metering "host:port" of the hub
 * @param overcommit logical / physical processor and memory
 * @param location where the node stands, before what its labels say; absent: as labelled
 * @param zeroGpu what of the node turns share; absent: nothing, and the node takes no seats
 * @param reportInterval between usage reports while anything is held
 */
public record AgentConfig(
    String node,
    @Nullable Path kubeconfig,
    Path kubeletRoot,
    Path cdiDir,
    Path journalDir,
    List<String> schedulers,
    String metering,
    Overcommit overcommit,
    Devices devices,
    @Nullable Place location,
    @Nullable ZeroGpuConfig zeroGpu,
    Duration reportInterval,
    Tls tls,
    HostPort management) {

  @SuppressWarnings("ConstantValue")
  public AgentConfig {
    require(node != null && !node.isBlank(), "node", "the Kubernetes node name");
    require(kubeletRoot != null, "kubeletRoot", "the kubelet's root directory");
    require(cdiDir != null, "cdiDir", "a CDI directory of the container runtime");
    require(journalDir != null, "journalDir", "a directory on a durable disk");
    require(schedulers != null && !schedulers.isEmpty(), "schedulers", "a list of host:port");
    require(metering != null, "metering", "host:port of the hub's metering");
    require(devices != null, "devices", "either simulated: {...} or nvidia: {...}");
    require(tls != null, "tls", "ca, cert and key");
    require(management != null, "management", "host and port");
    overcommit = overcommit == null ? new Overcommit(1, 1) : overcommit;
    reportInterval = reportInterval == null ? Duration.ofSeconds(2) : reportInterval;
    require(reportInterval.isPositive(), "reportInterval", "a duration above zero");
  }

  private static void require(boolean ok, String key, String expected) {
    if (!ok) {
      throw new ConfigException("Configuration key '" + key + "' is missing; expected " + expected);
    }
  }

  /** Factors of at least 1. */
  public record Overcommit(int cpu, int memory) {
    public Overcommit {
      if (cpu < 1 || memory < 1) {
        throw new ConfigException(
            "overcommit is {cpu: "
                + cpu
                + ", memory: "
                + memory
                + "}; expected factors of 1 or more");
      }
    }
  }

  /**
   * Where the node stands; names must be unique within the fleet.
   *
   * @param tpu where a TPU host lies in a torus of many hosts
   */
  public record Place(
      @Nullable String region,
      @Nullable String zone,
      @Nullable String block,
      @Nullable String rack,
      @Nullable String nvlinkDomain,
      @Nullable TpuPod tpu) {

    /** Absent values are unknown. */
    Location location() {
      return new Location(
          text(region),
          text(zone),
          text(block),
          text(rack),
          text(nvlinkDomain),
          Optional.ofNullable(tpu).map(TpuPod::place));
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value;
    }
  }

  /**
   * A torus of several hosts.
   *
   * @param at first chip of this host, as 4-8 or 0-4-8
   * @param size of the whole torus in chips, as 16x16 or 4x4x8
   */
  public record TpuPod(String pod, String at, String size) {
    @SuppressWarnings("ConstantValue")
    public TpuPod {
      if (pod == null || pod.isBlank() || at == null || size == null) {
        throw new ConfigException(
            "location.tpu needs pod, at and size, e.g. {pod: p1, at: 4-8, size: 16x16}");
      }
      if (Chips.place(at).isEmpty() || Chips.size(size).isEmpty()) {
        throw new ConfigException(
            "location.tpu is {at: %s, size: %s}; expected chips, as in {at: 4-8, size: 16x16}"
                .formatted(at, size));
      }
    }

    TpuPlace place() {
      return new TpuPlace(pod, Chips.place(at).orElseThrow(), Chips.size(size).orElseThrow());
    }
  }

  /** What the configuration says of the node's location. */
  Location configuredLocation() {
    return location == null ? Location.UNKNOWN : location.location();
  }

  /** Exactly one is set. */
  public record Devices(@Nullable Simulated simulated, @Nullable Nvidia nvidia) {
    public Devices {
      if ((simulated == null) == (nvidia == null)) {
        throw new ConfigException(
            "devices must have exactly one of simulated: {file, exporterPort} and nvidia: {exporterUrl}");
      }
    }
  }

  /** A YAML file of cards; {@code exporterPort} 0 picks a free one. */
  public record Simulated(Path file, int exporterPort) {}

  /**
   * Real cards.
   *
   * @param exporterPidFile dcgm-exporter's process id; it is sent SIGHUP after a MIG change
   */
  public record Nvidia(String exporterUrl, @Nullable Path exporterPidFile) {}
}
