package dev.berth.e2e.bench.durable;

import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.e2e.bench.Jvm;
import dev.berth.e2e.cluster.Directories;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.pki.FleetPki;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ZooKeeper, which syncs its log to the disk before it answers, and schedulers, each a process of
 * its own in a directory that is deleted in the end.
 */
final class BenchProcesses implements AutoCloseable {
  private static final List<String> JVM =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

  private final Home home;
  private final Duration session;
  private final int zooKeeperPort;
  private final List<Integer> ports;
  private final Jvm zooKeeper;
  private final List<Jvm> schedulers = new ArrayList<>();

  private BenchProcesses(Home home, int count, Duration session) throws IOException {
    this.home = home;
    this.session = session;
    home.create();
    new FleetPki(home, Instant.now(), new SecureRandom()).createBerth();
    zooKeeperPort = freePort();
    ports = IntStream.range(0, count).mapToObj(i -> freePort()).toList();
    Path config = Files.writeString(home.config("zoo.cfg"), zooKeeperConfig());
    zooKeeper =
        Jvm.start(
            JVM,
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            List.of(config.toString()),
            home.log("zookeeper"));
    for (int i = 0; i < count; i++) {
      schedulers.add(startScheduler(i));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // Ctrl-C leaves nothing.
  }

  /** {@code session}: how long ZooKeeper waits for a silent scheduler. */
  static BenchProcesses start(int schedulers, Duration session) {
    try {
      return new BenchProcesses(
          Home.at(Files.createTempDirectory("berth-bench")), schedulers, session);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the processes of the benchmark", e);
    }
  }

  private String zooKeeperConfig() {
    return """
        tickTime=500
        dataDir=%s
        clientPort=%d
        clientPortAddress=127.0.0.1
        admin.enableServer=false
        forceSync=yes
        """
        .formatted(home.data("zookeeper"), zooKeeperPort);
  }

  private Jvm startScheduler(int number) {
    String id = "scheduler-" + number;
    String yaml =
        """
        id: %s
        listen: {host: 127.0.0.1, port: %d}
        zookeeper: {connect: "%s", root: /berth, sessionTimeout: %s}
        nodeTimeout: PT30S
        tls: {ca: %s, cert: %s, key: %s}
        management: {host: 127.0.0.1, port: %d}
        """
            .formatted(
                id,
                ports.get(number),
                zooKeeper(),
                session,
                home.pki("berth/ca.crt"),
                home.pki("berth/" + id + ".crt"),
                home.pki("berth/" + id + ".key"),
                freePort());
    try {
      Path config = Files.writeString(home.config(id + ".yaml"), yaml);
      return Jvm.start(
          JVM,
          "dev.berth.scheduler.SchedulerMain",
          List.of("--config", config.toString()),
          home.log(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free", e);
    }
  }

  /** "host:port". */
  String zooKeeper() {
    return "127.0.0.1:" + zooKeeperPort;
  }

  int count() {
    return schedulers.size();
  }

  /** Whichever leads. */
  ManagedChannel leader(String service) {
    return Channels.toServing(
        IntStream.range(0, count()).mapToObj(this::address).toList(), service, client());
  }

  private String address(int number) {
    return "127.0.0.1:" + ports.get(number);
  }

  private io.grpc.ChannelCredentials client() {
    return new Tls(home.pki("berth/ca.crt"), home.pki("berth/cli.crt"), home.pki("berth/cli.key"))
        .client();
  }

  /** Processor time so far of each kind of process; the clients are this one. */
  Cpu cpu() {
    Duration all = schedulers.stream().map(Jvm::cpu).reduce(Duration.ZERO, Duration::plus);
    return new Cpu(
        all.toNanos(),
        zooKeeper.cpu().toNanos(),
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos());
  }

  /** kill -9, and another in its place after a while. */
  void kill(int number) {
    schedulers.get(number).kill();
  }

  void restart(int number) {
    schedulers.set(number, startScheduler(number));
  }

  @Override
  public synchronized void close() {
    schedulers.forEach(Jvm::close);
    zooKeeper.close();
    Directories.delete(home.root());
  }
}
