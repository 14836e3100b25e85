package dev.berth.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which containerd snapshotter works on a directory's file system. */
final class Snapshotter {
  private Snapshotter() {}

  /** Overlays cannot lie on an overlay, which is what a container's own root is. */
  static String forDirectory(Path directory) {
    try {
      return Files.getFileStore(directory).type().equals("overlay") ? "native" : "overlayfs";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
