package dev.berth.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What else runs on this machine, since it shows in every figure. */
public final class Load {
  private Load() {}

  /** "load average 1.23" of the last minute. */
  public static String average() {
    try {
      return "load average " + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
