package dev.berth.agent.dra;

import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two sockets of the driver: first the one that does the work, then the one by which the
 * kubelet finds it. If either file vanishes (a kubelet directory was wiped), both are made anew.
 */
public final class KubeletPlugin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletPlugin.class);
  private static final long GUARD_SECONDS = 2;
  private static final long HEALTH_SECONDS = 10;

  private final Path workSocket;
  private final Path registrationSocket;
  private final DraService work;
  private final HealthService health;
  private final RegistrationService registration;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("kubelet-plugin").factory());
  private @Nullable UnixServer workServer;
  private @Nullable UnixServer registrationServer;

  /**
   * Opens nothing yet.
   *
   * @param patience how long a prepare may wait for what passes; less than the kubelet's 45 s
   * @param registered runs each time a kubelet has taken the driver in
   */
  public KubeletPlugin(
      Path kubeletRoot,
      String node,
      Preparer preparer,
      Duration patience,
      DeviceBackend backend,
      Health deviceHealth,
      Runnable registered) {
    Path root = kubeletRoot.toAbsolutePath().normalize();
    this.workSocket = root.resolve("plugins").resolve(Driver.NAME).resolve("dra.sock");
    this.registrationSocket = root.resolve("plugins_registry").resolve(Driver.NAME + "-reg.sock");
    this.work = new DraService(node, preparer, patience);
    this.health = new HealthService(node, backend, deviceHealth, Clock.systemUTC());
    this.registration = new RegistrationService(workSocket, registered);
  }

  /** Opens the sockets; what fails is tried again until it works. */
  public void start() {
    guard();
    var _ =
        timer.scheduleWithFixedDelay(this::guard, GUARD_SECONDS, GUARD_SECONDS, TimeUnit.SECONDS);
    var _ =
        timer.scheduleWithFixedDelay(
            health::publish, HEALTH_SECONDS, HEALTH_SECONDS, TimeUnit.SECONDS);
  }

  public synchronized boolean up() {
    return present(workServer) && present(registrationServer);
  }

  private static boolean present(@Nullable UnixServer server) {
    return server != null && server.present();
  }

  private synchronized void guard() {
    if (up() || timer.isShutdown()) {
      return;
    }
    try {
      closeServers();
      workServer = new UnixServer(workSocket, List.of(work, health));
      registrationServer = new UnixServer(registrationSocket, List.of(registration));
      LOG.atInfo()
          .addKeyValue("registration", registrationSocket)
          .addKeyValue("endpoint", workSocket)
          .log("The kubelet plugin's sockets are open.");
    } catch (IOException | RuntimeException e) {
      LOG.atError().setCause(e).log("The kubelet plugin's sockets cannot be opened; trying again.");
    }
  }

  private void closeServers() {
    if (registrationServer != null) {
      registrationServer.close();
      registrationServer = null;
    }
    if (workServer != null) {
      workServer.close();
      workServer = null;
    }
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    closeServers();
  }
}
