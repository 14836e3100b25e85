package dev.berth.hub.database;

import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server programs on one directory: {@code data/}, {@code postgres.log}, the superuser's {@code
 * password}. The server runs in the background, detached from this process, so a killed hub leaves
 * it running and the next one adopts it.
 */
final class PostgresServer {
  static final String USER = "berth";
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

  private final PostgresBinaries binaries;
  private final Path directory;
  private final Path data;
  private final int port;

  PostgresServer(PostgresBinaries binaries, Path directory, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.data = directory.resolve("data");
    this.port = port;
  }

  /**
   * Makes the data directory if there is none, and adopts the server that runs on it or starts one.
   */
  void ensureRunning() throws IOException {
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise();
    }
    PostgresProcess running = PostgresProcess.find(data);
    if (running == null) {
      start();
    } else if (running.stopping() || running.port() != port) {
      end(running);
      start();
    } else {
      LOG.atInfo()
          .addKeyValue("pid", running.pid())
          .addKeyValue("port", port)
          .log("Adopted the running PostgreSQL.");
    }
  }

  private void end(PostgresProcess running) throws IOException {
    if (!running.stopping()) {
      stop();
    } else if (!awaitEnd(running)) {
      throw new ConfigException(
          "PostgreSQL " + running.pid() + " on " + data + " does not stop; end it and start again");
    }
  }

  private static boolean awaitEnd(PostgresProcess running) {
    try {
      return running.awaitEnd(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Path passwordFile() {
    return directory.resolve("password");
  }

  /** Ends all sessions and waits until the server has stopped. */
  void stop() {
    run(
        "stop PostgreSQL",
        List.of(program("pg_ctl"), "-D", data.toString(), "-m", "fast", "-w", "-t", "30", "stop"));
  }

  private void initialise() throws IOException {
    Path fresh = directory.resolve("data.new");
    Directories.delete(fresh);
    run(
        "create the database files",
        List.of(
            program("initdb"),
            "-D",
            fresh.toString(),
            "-U",
            USER,
            "-E",
            "UTF8",
            "--no-locale",
            "-A",
            "scram-sha-256",
            "--pwfile=" + passwordFile()));
    Files.move(fresh, data);
  }

  private void start() throws IOException {
    // Whoever wrote this file is gone; its number may belong to another program by now.
    Files.deleteIfExists(PostgresProcess.pidFile(data));
    PostgresSettings.write(data, port);
    run(
        "start PostgreSQL",
        List.of(
            program("pg_ctl"),
            "-D",
            data.toString(),
            "-l",
            log().toString(),
            "-w",
            "-t",
            "60",
            "start"));
    LOG.atInfo().addKeyValue("data", data).addKeyValue("port", port).log("Started PostgreSQL.");
  }

  private String program(String name) {
    return binaries.program(name).toString();
  }

  private Path log() {
    return directory.resolve("postgres.log");
  }

  private void run(String purpose, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(asOrdinaryUser(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      if (process.waitFor() != 0) {
        throw new ConfigException(
            "Could not "
                + purpose
                + " (postgres.external is the way around). The end of "
                + log()
                + ":\n"
                + logTail());
      }
    } catch (IOException e) {
      throw new ConfigException("Could not " + purpose + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigException("Interrupted while trying to " + purpose, e);
    }
  }

  /**
   * PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody there.
   */
  private static List<String> asOrdinaryUser(List<String> command) {
    if (!ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
      return command;
    }
    List<String> wrapped = new ArrayList<>(List.of("unshare", "--user"));
    wrapped.addAll(command);
    return wrapped;
  }

  private String logTail() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }
}
