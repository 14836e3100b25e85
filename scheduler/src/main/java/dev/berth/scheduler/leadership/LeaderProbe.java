package dev.berth.scheduler.leadership;

import dev.berth.api.process.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees at once that the leading process is dead, where its session would take seconds to end: holds
 * a connection to its port, and when that breaks and new ones are refused, nothing listens there
 * any more, and its place in the queue of candidates is taken away. Only a refusal counts; of a
 * silent machine the session decides. Should the leader live after all, it sees that its place is
 * gone, and the next epoch fences whatever it still writes.
 */
final class LeaderProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderProbe.class);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration BETWEEN_REFUSALS = Duration.ofMillis(20);
  private static final int REFUSALS = 3;
  private static final int CONNECT_MILLIS = 500;

  /** Sequence numbers of candidates have ten digits. */
  private static final int DIGITS = 10;

  /** A candidate's node and what it calls itself: "id@host:port". */
  private record Place(String path, String candidate) {
    Optional<HostPort> address() {
      int at = candidate.indexOf('@');
      return at < 0 ? Optional.empty() : Optional.of(HostPort.parse(candidate.substring(at + 1)));
    }
  }

  private final CuratorFramework curator;
  private final String latchPath;
  private final String self;
  private final Thread thread = Thread.ofVirtual().name("leader-probe").unstarted(this::run);
  private volatile boolean closed;

  /** {@code self}: what this candidate calls itself; it does not watch itself. */
  LeaderProbe(CuratorFramework curator, String latchPath, String self) {
    this.curator = curator;
    this.latchPath = latchPath;
    this.self = self;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        probe();
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) { // Curator declares Exception.
        LOG.atDebug().setCause(e).log("Cannot look at the leader now.");
      }
    }
  }

  private void probe() throws Exception {
    Optional<Place> leader = leader();
    if (leader.isPresent() && !leader.get().candidate().equals(self)) {
      Optional<HostPort> address = leader.get().address();
      if (address.isPresent()) {
        hold(leader.get(), address.get());
        if (refuses(address.get())) {
          depose(leader.get());
        }
      }
    }
  }

  /** First in the queue of candidates. */
  private Optional<Place> leader() throws Exception {
    Optional<String> first =
        curator.getChildren().forPath(latchPath).stream()
            .filter(name -> name.length() > DIGITS)
            .min(Comparator.comparing(name -> name.substring(name.length() - DIGITS)));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String path = latchPath + "/" + first.get();
    return Optional.of(
        new Place(path, new String(curator.getData().forPath(path), StandardCharsets.UTF_8)));
  }

  /** Until the connection breaks, or another leads. */
  private void hold(Place leader, HostPort address) throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(address.socketAddress(), CONNECT_MILLIS);
      socket.setSoTimeout(Math.toIntExact(PAUSE.toMillis()));
      while (!closed && stays(socket) && leader().equals(Optional.of(leader))) {}
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("address", address).setCause(e).log("No connection to the leader.");
    }
  }

  /** The other side says nothing as long as it is not greeted. */
  private static boolean stays(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private static boolean refuses(HostPort address) throws InterruptedException {
    for (int i = 0; i < REFUSALS; i++) {
      if (!refusesOnce(address)) {
        return false;
      }
      Thread.sleep(BETWEEN_REFUSALS);
    }
    return true;
  }

  private static boolean refusesOnce(HostPort address) {
    try (Socket socket = new Socket()) {
      socket.connect(address.socketAddress(), CONNECT_MILLIS);
      return false;
    } catch (ConnectException e) {
      String why = String.valueOf(e.getMessage());
      return why.contains("refused"); // An unreachable machine says nothing of its processes.
    } catch (IOException e) {
      return false;
    }
  }

  private void depose(Place leader) throws Exception {
    LOG.atWarn()
        .addKeyValue("leader", leader.candidate())
        .log("Nothing listens where the leader did; it is no candidate any more.");
    try {
      curator.delete().forPath(leader.path());
    } catch (KeeperException.NoNodeException e) {
      LOG.atDebug().log("It was gone already.");
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
