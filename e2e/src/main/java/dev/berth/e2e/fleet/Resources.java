package dev.berth.e2e.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Files that come with this program. */
final class Resources {
  private Resources() {}

  /** Writes the resource {@code name} to {@code file} unless that is there: it may be edited. */
  static Path copyOnce(String name, Path file) {
    return Files.exists(file) ? file : copy(name, file);
  }

  /** Writes the resource {@code name} to {@code file}. */
  static Path copy(String name, Path file) {
    var resource =
        Objects.requireNonNull(
            Resources.class.getResourceAsStream(name), () -> name + " is not in the jar");
    try (var in = resource) {
      Files.createDirectories(file.getParent());
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
