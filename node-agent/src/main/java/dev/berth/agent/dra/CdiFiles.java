package dev.berth.agent.dra;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The CDI files by which the container runtime is told what to add: one device for each claim. */
final class CdiFiles {
  private static final String KIND = Driver.NAME + "/claim";
  private static final String PREFIX = Driver.NAME + "-claim_";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path dir;

  CdiFiles(Path dir) {
    this.dir = dir;
  }

  /** The id of the claim's one device. */
  static String id(String claimUid) {
    return KIND + "=" + claimUid;
  }

  boolean exists(String claimUid) {
    return Files.exists(file(claimUid));
  }

  /** {@code mounts}: files of this host, by where the container sees them; read-only. */
  void write(
      String claimUid,
      Map<String, String> env,
      List<String> deviceNodes,
      Map<String, Path> mounts) {
    Map<String, Object> edits = new LinkedHashMap<>();
    edits.put("env", env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    if (!deviceNodes.isEmpty()) {
      edits.put("deviceNodes", deviceNodes.stream().map(p -> Map.of("path", p)).toList());
    }
    if (!mounts.isEmpty()) {
      edits.put("mounts", mounts.entrySet().stream().map(CdiFiles::mount).toList());
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("cdiVersion", "0.6.0");
    spec.put("kind", KIND);
    spec.put("devices", List.of(Map.of("name", claimUid, "containerEdits", edits)));
    replace(file(claimUid), spec);
  }

  private static Map<String, Object> mount(Map.Entry<String, Path> m) {
    return Map.of(
        "containerPath", m.getKey(),
        "hostPath", m.getValue().toString(),
        "options", List.of("ro", "nosuid", "nodev", "noexec", "bind"));
  }

  /** The runtime watches the directory, so a file appears whole or not at all. */
  private void replace(Path file, Map<String, Object> spec) {
    try {
      Files.createDirectories(dir);
      Path tmp = Files.createTempFile(dir, ".claim", ".tmp");
      JSON.writeValue(tmp.toFile(), spec);
      Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the CDI file " + file, e);
    }
  }

  void delete(String claimUid) {
    try {
      Files.deleteIfExists(file(claimUid));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the CDI file " + file(claimUid), e);
    }
  }

  /** Deletes files of claims that are not prepared, left by a crash. */
  void deleteAllBut(Set<String> claimUids) {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (Stream<Path> files = Files.list(dir)) {
      files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith(PREFIX) && n.endsWith(".json"))
          .map(n -> n.substring(PREFIX.length(), n.length() - ".json".length()))
          .filter(uid -> !claimUids.contains(uid))
          .forEach(this::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the CDI directory " + dir, e);
    }
  }

  private Path file(String claimUid) {
    return dir.resolve(PREFIX + claimUid + ".json");
  }
}
