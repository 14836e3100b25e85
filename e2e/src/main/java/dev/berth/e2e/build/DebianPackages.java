package dev.berth.e2e.build;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.Shell;
import dev.berth.e2e.steps.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs that come from the operating system, because they are linked with its libraries. */
public final class DebianPackages {
  private static final List<Path> PROGRAM_DIRECTORIES =
      Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin")
          .map(Path::of)
          .toList();
  private static final List<Path> CNI_DIRECTORIES =
      Stream.of("/usr/lib/cni", "/opt/cni/bin").map(Path::of).toList();

  /** What is needed, and the package that brings it. */
  private static final Map<String, String> PACKAGES = packages();

  private DebianPackages() {}

  private static Map<String, String> packages() {
    var packages = new LinkedHashMap<String, String>();
    packages.put("runc", "runc");
    packages.put("cni", "containernetworking-plugins");
    packages.put("ip", "iproute2");
    packages.put("flock", "util-linux");
    packages.put("setsid", "util-linux");
    packages.put("mount", "mount");
    return packages;
  }

  /** Installs what is missing, or says with which command the user can. */
  public static void ensure(Progress progress) {
    var missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
    command.addAll(missing);
    var shown = String.join(" ", command);
    if (program("apt-get") == null || !Users.isRoot()) {
      throw new FleetException(
          "Missing on this machine: %s. As root on Debian or Ubuntu: %s".formatted(missing, shown));
    }
    progress.say("  Debian packages are missing and are installed now: " + shown);
    progress.track("installed " + String.join(", ", missing), () -> install(command));
    if (!missing().isEmpty()) {
      throw new FleetException(
          "After `%s` these are still missing: %s".formatted(shown, missing()));
    }
  }

  /** The path of runc. */
  public static Path runc() {
    var runc = program("runc");
    if (runc == null) {
      throw new FleetException("runc is not installed: apt-get install runc");
    }
    return runc;
  }

  /** The directory with the CNI plugins. */
  public static Path cniPlugins() {
    return CNI_DIRECTORIES.stream()
        .filter(directory -> Files.isExecutable(directory.resolve("bridge")))
        .findFirst()
        .orElseThrow(
            () ->
                new FleetException(
                    "No CNI plugins in %s: apt-get install containernetworking-plugins"
                        .formatted(CNI_DIRECTORIES)));
  }

  private static List<String> missing() {
    return PACKAGES.entrySet().stream()
        .filter(needed -> !isThere(needed.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  private static boolean isThere(String needed) {
    return needed.equals("cni")
        ? CNI_DIRECTORIES.stream().anyMatch(it -> Files.isExecutable(it.resolve("bridge")))
        : program(needed) != null;
  }

  private static @Nullable Path program(String name) {
    return PROGRAM_DIRECTORIES.stream()
        .map(directory -> directory.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static void install(List<String> command) {
    var quiet = Map.of("DEBIAN_FRONTEND", "noninteractive");
    if (!Shell.run(command, quiet, "").ok()) {
      Shell.check("Reading the package lists", List.of("apt-get", "update"));
      Shell.check("Installing packages", command, Shell.run(command, quiet, ""));
    }
  }
}
