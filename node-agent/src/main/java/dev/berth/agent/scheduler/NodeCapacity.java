package dev.berth.agent.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Logical processor and memory: what the machine has, times the overcommit.
 *
 * @param cpuOvercommit logical / physical, at least 1
 */
public record NodeCapacity(long cpuMilli, long memoryMib, int cpuOvercommit, int memoryOvercommit) {

  /** Reads /proc below {@code proc}. */
  public static NodeCapacity read(Path proc, int cpuOvercommit, int memoryOvercommit) {
    try {
      long processors =
          Files.readAllLines(proc.resolve("cpuinfo")).stream()
              .filter(l -> l.startsWith("processor"))
              .count();
      long kib = memTotal(Files.readAllLines(proc.resolve("meminfo")));
      return new NodeCapacity(
          processors * 1000 * cpuOvercommit,
          kib / 1024 * memoryOvercommit,
          cpuOvercommit,
          memoryOvercommit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long memTotal(List<String> meminfo) {
    return meminfo.stream()
        .filter(l -> l.startsWith("MemTotal:"))
        .map(l -> l.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
