package dev.berth.e2e.build;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.Shell;
import dev.berth.e2e.steps.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds modules into the cache, each into a directory named by its version. A directory appears
 * whole or not at all; Go keeps what it compiled, so an interrupted build goes on where it was.
 */
final class GoBuild {
  private final Path sources;
  private final Path cache;
  private final Progress progress;

  GoBuild(Path sources, Path cache, Progress progress) {
    this.sources = sources;
    this.cache = cache;
    this.progress = progress;
  }

  /** The directory with the programs of {@code module}. */
  Path directory(GoModule module) {
    var version = module.version(sources.resolve(module.name()));
    return cache.resolve(module.name() + "-" + version);
  }

  /** Builds {@code module} unless the cache has it. {@code finish} may add files to its result. */
  Path build(GoModule module, Finish finish) {
    var directory = directory(module);
    if (!Files.exists(directory)) {
      progress.track("built " + module.name() + " from Go modules", () -> lock(module, finish));
    }
    return directory;
  }

  /** What is done with the programs before the directory counts as built. */
  interface Finish {
    void accept(Path directory) throws IOException;
  }

  /** Two fleets may share the cache. */
  private void lock(GoModule module, Finish finish) {
    try {
      Files.createDirectories(cache);
      try (var channel =
              FileChannel.open(
                  cache.resolve(module.name() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !Files.exists(directory(module))) {
          buildNow(module, finish);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot build " + module.name() + " in " + cache, e);
    }
  }

  private void buildNow(GoModule module, Finish finish) throws IOException {
    var directory = directory(module);
    var partial = cache.resolve("." + directory.getFileName() + ".partial");
    Files.createDirectories(partial);
    var result =
        Shell.runIn(
            sources.resolve(module.name()),
            command(module, partial),
            Map.of("CGO_ENABLED", "0", "GOWORK", "off"));
    if (!result.ok()) {
      throw failed(module, result);
    }
    for (var link : module.links()) {
      Files.deleteIfExists(partial.resolve(link));
      Files.createSymbolicLink(partial.resolve(link), Path.of(module.name()));
    }
    finish.accept(partial);
    Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> command(GoModule module, Path out) {
    var go = GoToolchain.find(cache, progress);
    var command =
        new ArrayList<>(
            List.of(go.toString(), "build", "-trimpath", "-ldflags", module.linkerFlags()));
    boolean one = module.packages().size() == 1;
    command.addAll(List.of("-o", one ? out.resolve(module.name()).toString() : out + "/"));
    command.addAll(module.packages());
    return command;
  }

  private static FleetException failed(GoModule module, Shell.Result result) {
    var lines = result.output().lines().toList();
    var end = lines.subList(Math.max(0, lines.size() - 15), lines.size());
    return new FleetException(
        "Go could not build %s (exit code %d). It needs the Go module proxy (GOPROXY) or a filled module cache. It said:%n%s"
            .formatted(module.name(), result.code(), String.join("\n", end)));
  }
}
