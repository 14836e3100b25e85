package dev.berth.scheduler.config;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one scheduler process. {@code id} names it among the schedulers; a node
 * silent for longer than {@code nodeTimeout} (10 s when absent) is lost. A placement that runs by a
 * fallback is told to have something better once that has fitted for {@code returnAfter} (1 min).
 */
public record SchedulerConfig(
    String id,
    HostPort listen,
    ZooKeeper zookeeper,
    @Nullable Duration nodeTimeout,
    Tls tls,
    HostPort management,
    @Nullable Duration returnAfter,
    @Nullable Audit audit,
    @Nullable QueueOrder queueOrder,
    @Nullable Integer reservations,
    @Nullable ZeroGpuConfig zeroGpu) {

  /** Every {@code interval} (1 min when absent) the state is counted anew and compared. */
  public record Audit(@Nullable Duration interval) {
    private static final Audit STANDARD = new Audit(null);

    public Audit {
      interval = positive("audit.interval", interval, Duration.ofMinutes(1));
    }

    public long intervalNanos() {
      return interval == null ? Duration.ofMinutes(1).toNanos() : interval.toNanos();
    }
  }

  /** {@code connect} is "host:port,host:port", {@code root} the node all data is under. */
  public record ZooKeeper(String connect, String root, @Nullable Duration sessionTimeout) {
    public ZooKeeper {
      required("zookeeper.connect", connect);
      required("zookeeper.root", root);
      if (!root.matches("(/[A-Za-z0-9._-]+)+")) {
        throw new ConfigException(
            "zookeeper.root is '" + root + "'; expected an absolute path as in /berth");
      }
      sessionTimeout = positive("zookeeper.sessionTimeout", sessionTimeout, Duration.ofSeconds(2));
    }

    public int sessionTimeoutMillis() {
      return sessionTimeout == null ? 2000 : Math.toIntExact(sessionTimeout.toMillis());
    }
  }

  /** "id@host:port" as others reach it; of all addresses, the one of this host's name. */
  public String candidate() {
    return id + "@" + new HostPort(ownHost(), listen.port());
  }

  private String ownHost() {
    InetAddress address = listen.socketAddress().getAddress();
    if (address == null || !address.isAnyLocalAddress()) {
      return listen.host();
    }
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "listen.host is "
              + listen.host()
              + " and this host's own name has no address; name the address instead");
    }
  }

  public SchedulerConfig {
    required("id", id);
    required("listen", listen);
    required("zookeeper", zookeeper);
    required("tls", tls);
    required("management", management);
    nodeTimeout = positive("nodeTimeout", nodeTimeout, Duration.ofSeconds(10));
    returnAfter = positive("returnAfter", returnAfter, Duration.ofMinutes(1));
    audit = audit == null ? Audit.STANDARD : audit;
  }

  public long nodeTimeoutNanos() {
    return nodeTimeout == null ? Duration.ofSeconds(10).toNanos() : nodeTimeout.toNanos();
  }

  public long returnAfterNanos() {
    return returnAfter == null ? Duration.ofMinutes(1).toNanos() : returnAfter.toNanos();
  }

  /** Who goes first among waiting requests: ARRIVAL when absent. */
  public QueueOrder order() {
    return queueOrder == null ? QueueOrder.ARRIVAL : queueOrder;
  }

  /** How many waiting requests get room reserved; 0 lets large requests starve. */
  public int reserved() {
    return reservations == null ? Scheduler.RESERVATIONS : reservations;
  }

  public ZeroGpuConfig zeroGpuOrStandard() {
    return zeroGpu == null ? new ZeroGpuConfig(null, null) : zeroGpu;
  }

  public long auditNanos() {
    return audit == null ? Audit.STANDARD.intervalNanos() : audit.intervalNanos();
  }

  private static void required(String key, @Nullable Object value) {
    if (value == null) {
      throw new ConfigException("The scheduler configuration lacks " + key + "; add it");
    }
  }

  private static Duration positive(String key, @Nullable Duration value, Duration standard) {
    if (value != null && (value.isNegative() || value.isZero())) {
      throw new ConfigException(key + " is " + value + "; expected a positive time as in PT2S");
    }
    return value == null ? standard : value;
  }
}
