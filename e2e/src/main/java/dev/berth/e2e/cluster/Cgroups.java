package dev.berth.e2e.cluster;

import dev.berth.e2e.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The control groups of a fleet's containers: k8s.io/ID in each hierarchy, or in the only one of
 * cgroup v2. All fleets of a machine share the parent.
 */
record Cgroups(Set<String> containers) {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String PARENT = "k8s.io";

  /** Those that exist. */
  List<Path> trees() {
    return parents()
        .flatMap(parent -> containers.stream().map(parent::resolve))
        .filter(Files::isDirectory)
        .toList();
  }

  /** Kills whatever still runs in a pod of this fleet. */
  void killAll() {
    groups()
        .flatMap(group -> lines(group.resolve("cgroup.procs")))
        .distinct()
        .forEach(pid -> Signals.send(Long.parseLong(pid), "KILL"));
  }

  /** Removes the empty groups, children first; one with processes stays. */
  void remove() {
    groups().sorted(Comparator.comparingInt(Path::getNameCount).reversed()).forEach(Cgroups::rmdir);
    parents().forEach(Cgroups::rmdir);
  }

  private static Stream<Path> parents() {
    return Stream.concat(Stream.of(""), Directories.names(ROOT).stream())
        .map(hierarchy -> ROOT.resolve(hierarchy).resolve(PARENT))
        .filter(Files::isDirectory);
  }

  private Stream<Path> groups() {
    return trees().stream().flatMap(Cgroups::walk);
  }

  private static Stream<Path> walk(Path tree) {
    try (var all = Files.walk(tree)) {
      return all.filter(Files::isDirectory).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readString(file).lines();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static void rmdir(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      // It is busy: another fleet's parent, or a group that down then reports.
    }
  }
}
