package dev.berth.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program of ours in a JVM of its own, with this program's class path. */
public final class Jvm implements AutoCloseable {
  private final Process process;

  private Jvm(Process process) {
    this.process = process;
  }

  public static ProcessBuilder command(
      List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  public static Jvm start(
      List<String> options, String mainClass, List<String> arguments, Path log) {
    try {
      return new Jvm(command(options, mainClass, arguments).redirectOutput(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + mainClass, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Processor time so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** kill -9. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
