package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The capability devices through which a container may use one MIG instance. */
final class NvidiaCaps {
  private static final Path CAPABILITIES = Path.of("/proc/driver/nvidia/capabilities");

  private static final Path MINORS = Path.of("/proc/driver/nvidia-caps/mig-minors");

  private NvidiaCaps() {}

  /** The driver's list of all capability files that there can be; empty on a host without MIG. */
  static List<String> minors() {
    try {
      return Files.exists(MINORS) ? Files.readAllLines(MINORS) : List.of();
    } catch (IOException e) {
      throw new DeviceException("Cannot read the MIG capabilities " + MINORS, e);
    }
  }

  /** Those of every instance that may ever be cut out of a card; none without MIG. */
  static List<String> nodes(Card card, List<String> minors) {
    String prefix = "gpu" + card.index() + "/";
    return card.migUnits() == 0
        ? List.of()
        : minors.stream()
            .filter(l -> l.startsWith(prefix))
            .map(l -> "/dev/nvidia-caps/nvidia-cap" + l.substring(l.lastIndexOf(' ') + 1))
            .toList();
  }

  /** Files /dev/nvidia-caps/nvidia-cap&lt;minor&gt; of the GPU and the compute instance. */
  static List<String> nodes(MigInstance instance) {
    Path gi =
        CAPABILITIES.resolve(
            "gpu%d/mig/gi%d".formatted(instance.place().card().index(), instance.gpuInstanceId()));
    return Stream.of(gi.resolve("access"), gi.resolve("ci0/access"))
        .map(NvidiaCaps::minor)
        .map(m -> "/dev/nvidia-caps/nvidia-cap" + m)
        .toList();
  }

  private static String minor(Path access) {
    try {
      return Files.readAllLines(access).stream()
          .filter(l -> l.startsWith("DeviceFileMinor:"))
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst()
          .orElseThrow(() -> new DeviceException("No DeviceFileMinor in " + access));
    } catch (IOException e) {
      throw new DeviceException("Cannot read the MIG capability " + access, e);
    }
  }
}
