package dev.berth.e2e.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs this program. */
public final class Users {
  private Users() {}

  public static boolean isRoot() {
    try {
      return Files.readString(Path.of("/proc/self/status")).contains("\nUid:\t0\t");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
