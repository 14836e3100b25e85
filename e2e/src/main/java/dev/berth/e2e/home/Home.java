package dev.berth.e2e.home;

import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of one fleet. Everything it makes, except the shared cache, lies below. */
public record Home(Path root) {
  /** Unix socket addresses end at 107 bytes, and the longest of ours is 60 below the home. */
  private static final int LONGEST = 107 - 60;

  public static Home at(Path path) {
    var root = path.toAbsolutePath().normalize();
    if (root.toString().length() > LONGEST) {
      throw new FleetException(
          "--home %s is %d characters long; at most %d are possible, because Unix socket paths are short: choose a shorter directory, for example --home /tmp/berth"
              .formatted(root, root.toString().length(), LONGEST));
    }
    if (root.toString().matches(".*[\\s'\"$\\\\,:].*")) {
      throw new FleetException(
          "--home %s has a space, quote, comma or colon in it; programs below it cannot take that: choose another directory"
              .formatted(root));
    }
    return new Home(root);
  }

  public Path config(String file) {
    return root.resolve("config").resolve(file);
  }

  public Path data(String name) {
    return root.resolve("data").resolve(name);
  }

  /** What has a meaning only until the machine restarts: sockets, pid files, mounts. */
  public Path run(String name) {
    return root.resolve("run").resolve(name);
  }

  public Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  public Path pki(String file) {
    return root.resolve("pki").resolve(file);
  }

  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  public Path adminToken() {
    return root.resolve("admin.token");
  }

  public Path settings() {
    return root.resolve("ports.yaml");
  }

  /** A file with the path of the cache that the fleet's programs run from. */
  public Path cachePath() {
    return config("cache-path");
  }

  public boolean exists() {
    return Files.exists(settings());
  }

  /** Makes the directories, closed to other users: keys and tokens lie in them. */
  public void create() {
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
      for (var name : new String[] {"config", "data", "run", "logs", "pki"}) {
        Files.createDirectories(root.resolve(name));
      }
      var closed = PosixFilePermissions.fromString("rwx------");
      Files.setPosixFilePermissions(root.resolve("pki"), closed);
      Files.setPosixFilePermissions(root.resolve("config"), closed);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the home " + root, e);
    }
  }
}
