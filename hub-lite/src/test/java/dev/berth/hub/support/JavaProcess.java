package dev.berth.hub.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Main of ours as a real process with the production flags, its output in a file. */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  public JavaProcess(Class<?> main, Path config, Path output) {
    this.output = output;
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx96m",
                  "-XX:+UseSerialGC",
                  "-XX:+UseCompactObjectHeaders",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  main.getName(),
                  "--config",
                  config.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until {@code /healthz} on the management port is 200. */
  public JavaProcess awaitReady(int managementPort) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> ended() || Http.get(managementPort, "/healthz").statusCode() == 200);
    if (ended()) {
      throw new IllegalStateException(
          "The process ended with " + process.exitValue() + ":\n" + output());
    }
    return this;
  }

  private boolean ended() {
    return !process.isAlive();
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Resident memory in MiB. */
  public long residentMib() {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code kill -9}. */
  public void kill() {
    await(process.destroyForcibly());
  }

  /** SIGTERM, and waits for the end. */
  @Override
  public void close() {
    process.destroy();
    await(process);
  }

  private static void await(Process ending) {
    try {
      if (!ending.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process " + ending.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
