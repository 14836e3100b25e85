package dev.berth.hub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running server of one data directory, as its {@code postmaster.pid} tells. */
record PostgresProcess(long pid, int port, boolean stopping) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /**
   * The server of {@code data} if one runs. A process number that was taken over by another program
   * since is not a server: such a stale file would keep PostgreSQL from starting.
   */
  static @Nullable PostgresProcess find(Path data) throws IOException {
    Path file = pidFile(data);
    if (!Files.exists(file)) {
      return null;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() <= PORT_LINE || !lines.getFirst().strip().matches("\\d+")) {
      return null;
    }
    long pid = Long.parseLong(lines.getFirst().strip());
    return serves(pid, data)
        ? new PostgresProcess(pid, Integer.parseInt(lines.get(PORT_LINE).strip()), stopping(lines))
        : null;
  }

  static Path pidFile(Path data) {
    return data.resolve("postmaster.pid");
  }

  private static boolean stopping(List<String> lines) {
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("stopping");
  }

  /** Waits until the process has ended; false if it did not within {@code patience}. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    try {
      ProcessHandle.of(pid)
          .map(ProcessHandle::onExit)
          .orElseGet(() -> CompletableFuture.completedFuture(null))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean serves(long pid, Path data) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains("postgres") && line.contains(data.toString()))
        .isPresent();
  }
}
