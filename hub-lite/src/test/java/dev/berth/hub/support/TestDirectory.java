package dev.berth.hub.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for PostgreSQL under {@code target/}, so that its programs are unpacked once. */
public final class TestDirectory {
  private static final Path ROOT = Path.of("target", "postgres-it").toAbsolutePath();
  private static final Path PROGRAMS = ROOT.resolve("postgresql-17");

  static {
    removeFormerRuns();
  }

  private TestDirectory() {}

  /** A new directory whose {@code postgresql-17} points to the shared programs. */
  public static Path withPrograms(String name) {
    try {
      Path fresh = Files.createTempDirectory(ROOT, name + "-");
      if (Files.isDirectory(PROGRAMS)) {
        Files.createSymbolicLink(fresh.resolve("postgresql-17"), PROGRAMS);
      }
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the programs that the first test unpacked for the others. */
  public static void sharePrograms(Path directory) {
    Path unpacked = directory.resolve("postgresql-17");
    try {
      if (!Files.isSymbolicLink(unpacked) && !Files.exists(PROGRAMS)) {
        Files.move(unpacked, PROGRAMS);
        Files.createSymbolicLink(unpacked, PROGRAMS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeFormerRuns() {
    try {
      Files.createDirectories(ROOT);
      try (Stream<Path> found = Files.list(ROOT)) {
        found.filter(path -> !path.equals(PROGRAMS)).forEach(TestDirectory::remove);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try {
      endServer(directory.resolve("data"));
      List<Path> deepestFirst;
      try (Stream<Path> found = Files.walk(directory)) {
        deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run that failed half-way may have left its server behind. */
  private static void endServer(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.exists(pidFile)) {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
      ProcessHandle.of(pid)
          .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
