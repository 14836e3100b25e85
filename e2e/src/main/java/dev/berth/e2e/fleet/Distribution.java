package dev.berth.e2e.fleet;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.cluster.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that our processes run from. Ours are copied, because the next build would replace them
 * under the running processes; those of others are named by version and never change.
 */
record Distribution(Path libraries, Path home) {
  private static final String COPIES = "jars-";

  /** Where the copies of this build lie, and what else lasts as long as they do. */
  Path directory() {
    return home.resolve(COPIES + stamp(jars()));
  }

  /** The class path, with our jars copied to {@link #directory}. */
  String classPath() {
    var copies = directory();
    return jars().stream()
        .map(jar -> isOurs(jar) ? copy(jar, copies) : jar)
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  /** Deletes the copies of all builds but the last. Nothing may run from them. */
  static void prune(Path home) {
    try (Stream<Path> files = Files.list(home)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(COPIES))
          .sorted(Comparator.comparing(Distribution::lastModified).reversed())
          .skip(1)
          .forEach(Directories::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> jars() {
    try (Stream<Path> files = Files.list(libraries)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new FleetException(
          "The jars of Berth are not in %s: build them with `./mvnw -Dquick package`"
              .formatted(libraries),
          e);
    }
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().startsWith("berth-");
  }

  private static String stamp(List<Path> jars) {
    var parts = jars.stream().filter(Distribution::isOurs).map(Distribution::sizeAndTime).toList();
    return Integer.toHexString(parts.hashCode());
  }

  private static String sizeAndTime(Path jar) {
    try {
      return jar.getFileName() + " " + Files.size(jar) + " " + lastModified(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copy(Path jar, Path directory) {
    try {
      Files.createDirectories(directory);
      var to = directory.resolve(jar.getFileName());
      return Files.exists(to) ? to : Files.copy(jar, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + jar + " to " + directory, e);
    }
  }
}
