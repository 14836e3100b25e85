package dev.berth.agent.turns.seats;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.turns.core.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seats and their secrets, one file each that only the agent can read, and beside it the file that
 * tells the pod its cgroup.
 */
final class SeatFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEAT = ".seat";
  private final Path dir;

  /** A seat and the part of its address that nobody else knows. */
  record Secret(String secret, Seat seat) {}

  SeatFiles(Path dir) {
    this.dir = dir;
  }

  /** A file appears whole or not at all. */
  void write(Secret secret) {
    Path file = file(secret.seat().claim(), SEAT);
    try {
      Files.createDirectories(dir);
      Path tmp =
          Files.createTempFile(
              dir,
              ".seat",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writeValue(tmp.toFile(), secret);
      Files.writeString(cgroup(secret.seat()), "0::" + secret.seat().cgroup() + "\n");
      Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the secret of a seat in " + file, e);
    }
  }

  Optional<Secret> read(String claim) {
    Path file = file(claim, SEAT);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), Secret.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the secret of a seat from " + file, e);
    }
  }

  List<Secret> all() {
    List<Secret> all = new ArrayList<>();
    if (!Files.isDirectory(dir)) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*" + SEAT)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        read(name.substring(0, name.length() - SEAT.length())).ifPresent(all::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the seats in " + dir, e);
    }
    return all;
  }

  void delete(String claim) {
    try {
      Optional<Secret> known = read(claim);
      if (known.isPresent()) {
        Files.deleteIfExists(cgroup(known.get().seat()));
      }
      Files.deleteIfExists(file(claim, SEAT));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the seat of claim " + claim, e);
    }
  }

  /** What the pod reads as its /proc/self/cgroup. */
  Path cgroup(Seat seat) {
    return dir.resolve(seat.cgroupFile());
  }

  /** Uids of Kubernetes are safe file names. */
  private Path file(String claim, String suffix) {
    return dir.resolve(claim + suffix);
  }
}
