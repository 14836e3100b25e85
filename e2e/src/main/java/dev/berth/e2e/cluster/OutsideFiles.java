package dev.berth.e2e.cluster;

import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The few files that kubelet, containerd and CNI put at fixed places outside of any home. */
record OutsideFiles(Home home, NativeNode node) {
  private static final Path LOG_LINKS = Path.of("/var/log/containers");
  private static final Path CNI_RESULTS = Path.of("/var/lib/cni/results");
  private static final Pattern SHIM_SOCKET = Pattern.compile("unix://(/run/containerd/s/\\w+)");

  /** The sockets of the shims that run now. */
  List<Path> shimSockets() {
    var bundles = node.containerdState().resolve("io.containerd.runtime.v2.task");
    return files(bundles).stream()
        .map(file -> SHIM_SOCKET.matcher(read(file)))
        .filter(Matcher::find)
        .map(match -> Path.of(match.group(1)))
        .toList();
  }

  /** Deletes the links and results of this fleet's pods. */
  void delete() {
    deleteIn(LOG_LINKS, this::pointsHome);
    var ids = node.containerIds();
    deleteIn(CNI_RESULTS, file -> isOfOne(ids, file.getFileName().toString()));
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean pointsHome(Path link) {
    try {
      return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(home.root());
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOfOne(Set<String> containers, String file) {
    return Stream.of(file.split("-", -1)).anyMatch(containers::contains);
  }

  private static List<Path> files(Path directory) {
    // Below rootfs lie the containers' own files.
    try (var files = Files.find(directory, 3, (file, attributes) -> attributes.isRegularFile())) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static void deleteIn(Path directory, Predicate<Path> ours) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.list(directory)) {
      files.filter(ours).forEach(OutsideFiles::remove);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
