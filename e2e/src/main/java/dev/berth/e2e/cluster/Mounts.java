package dev.berth.e2e.cluster;

import dev.berth.e2e.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is mounted below a directory. */
final class Mounts {
  private Mounts() {}

  /** Mount points below {@code root}, the newest first. */
  static List<Path> below(Path root) {
    try {
      return below(root, Files.readString(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> below(Path root, String mountInfo) {
    return mountInfo
        .lines()
        .map(line -> Path.of(unescape(line.split(" ", -1)[4])))
        .filter(mount -> mount.startsWith(root))
        .toList()
        .reversed();
  }

  /** Unmounts all; one that is still busy goes when its last user does. */
  static void unmountBelow(Path root) {
    for (var mount : below(root)) {
      Shell.run(List.of("umount", "--lazy", mount.toString()));
    }
  }

  /** The kernel writes a space as \040. */
  private static String unescape(String path) {
    return path.replace("\\040", " ");
  }
}
