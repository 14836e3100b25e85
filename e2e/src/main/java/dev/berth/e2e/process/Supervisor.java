package dev.berth.e2e.process;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Starts, stops and kills the background processes of one home. */
public final class Supervisor {
  /** In the environment of every process of a fleet, so that none can hide. */
  public static final String FLEET = "BERTH_FLEET";

  private static final String PROCESS = "BERTH_PROCESS";
  private static final int RESTARTS_THAT_MEAN_BROKEN = 5;

  /** A JVM writes its class archive when it ends, which takes seconds the first time. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Home home;

  public Supervisor(Home home) {
    this.home = home;
  }

  /** Makes {@code spec} run; one that already runs exactly so is left alone. */
  public void start(ProcessSpec spec) {
    var directory = home.run(spec.name());
    var script = SupervisorScript.render(spec, directory);
    var file = directory.resolve("run.sh");
    if (isSupervised(spec.name()) && script.equals(read(file))) {
      return;
    }
    stop(spec.name());
    spec.files().forEach(Supervisor::write);
    write(file, script);
    launch(spec.name());
  }

  /** Starts a process that was stopped, as it was. */
  public void start(String name) {
    if (!Files.exists(home.run(name).resolve("run.sh"))) {
      throw new FleetException(
          "There is no process %s in %s; there are %s: see `./berth status`"
              .formatted(name, home.root(), names()));
    }
    if (!isSupervised(name)) {
      launch(name);
    }
  }

  /** Waits until it is ready; one that keeps ending is an error that shows the end of its log. */
  public void awaitReady(ProcessSpec spec, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!ReadinessProbe.isReady(spec.ready())) {
      if (restarts(spec.name()) >= RESTARTS_THAT_MEAN_BROKEN) {
        throw new FleetException(
            "%s ends again and again. The end of %s:%n%s"
                .formatted(spec.name(), home.log(spec.name()), lastLines(spec.name())));
      }
      if (System.nanoTime() > end) {
        throw new FleetException(
            "%s is not ready after %d s (%s). The end of %s:%n%s"
                .formatted(
                    spec.name(),
                    timeout.toSeconds(),
                    spec.ready(),
                    home.log(spec.name()),
                    lastLines(spec.name())));
      }
      Pause.briefly();
    }
  }

  /** Ends the process in good order, or by force after half a minute. Its own children may stay. */
  public void stop(String name) {
    var pids = LongStream.concat(supervisor(name).stream(), pid(name).stream()).toArray();
    LongStream.of(pids).limit(1).forEach(pid -> Signals.send(pid, "TERM"));
    if (!Pause.until(STOP_TIMEOUT, () -> LongStream.of(pids).noneMatch(ProcFs::isRunning))) {
      LongStream.of(pids).forEach(pid -> Signals.send(pid, "KILL"));
      Pause.until(STOP_TIMEOUT, () -> LongStream.of(pids).noneMatch(ProcFs::isRunning));
    }
  }

  /** Kills the process as a crash would; its supervisor starts it again. */
  public void kill9(String name) {
    Signals.send(
        pid(name).orElseThrow(() -> new FleetException("Process " + name + " is not running")),
        "KILL");
  }

  /** The running process, not its supervisor. */
  public OptionalLong pid(String name) {
    return pidIn(name, "child.pid");
  }

  public boolean isSupervised(String name) {
    return supervisor(name).isPresent();
  }

  /** How often it ended by itself since it was started. */
  public int restarts(String name) {
    return (int) read(home.run(name).resolve("restarts")).lines().count();
  }

  /** Every process this home ever started. */
  public List<String> names() {
    try (var directories = Files.list(home.root().resolve("run"))) {
      return directories
          .filter(directory -> Files.exists(directory.resolve("run.sh")))
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private OptionalLong supervisor(String name) {
    return pidIn(name, "supervisor.pid");
  }

  private OptionalLong pidIn(String name, String file) {
    var text = read(home.run(name).resolve(file)).strip();
    if (!text.matches("\\d+")) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(text);
    return isOurs(pid, name) ? OptionalLong.of(pid) : OptionalLong.empty();
  }

  /** A pid file may be older than the machine's last start: the environment tells. */
  private boolean isOurs(long pid, String name) {
    return ProcFs.isRunning(pid)
        && ProcFs.hasEnvironment(pid, PROCESS + "=" + name)
        && ProcFs.hasEnvironment(pid, FLEET + "=" + home.root());
  }

  private void launch(String name) {
    var directory = home.run(name);
    var log = Redirect.appendTo(home.log(name).toFile());
    var builder =
        new ProcessBuilder("setsid", "/bin/sh", directory.resolve("run.sh").toString())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log)
            .redirectError(log);
    builder.environment().put(FLEET, home.root().toString());
    builder.environment().put(PROCESS, name);
    try {
      Files.deleteIfExists(directory.resolve("restarts"));
      builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
    Pause.until(STOP_TIMEOUT, () -> pid(name).isPresent() || restarts(name) > 0);
  }

  private String lastLines(String name) {
    var lines = read(home.log(name)).lines().toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - 15))
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
