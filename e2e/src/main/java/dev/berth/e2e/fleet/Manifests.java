package dev.berth.e2e.fleet;

import dev.berth.e2e.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the cluster must know before our processes start.
 *
 * @param chart the directory charts/berth, from whose parts without templates the fleet lives
 * @param local a file with what only the local fleet needs
 */
record Manifests(List<String> kubectl, Path chart, Path local) {
  /** Applies everything; what is already so stays so. */
  void apply() {
    apply(Stream.of(local, chart.resolve("rbac"), chart.resolve("crds")));
    if (Files.isDirectory(chart.resolve("crds"))) {
      kubectl(List.of("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s"));
    }
    apply(Stream.of(chart.resolve("catalog")));
  }

  private void apply(Stream<Path> paths) {
    var files = paths.filter(Files::exists).map(path -> "--filename=" + path).toList();
    if (!files.isEmpty()) {
      kubectl(
          Stream.concat(Stream.of("apply", "--server-side", "--force-conflicts"), files.stream())
              .toList());
    }
  }

  private void kubectl(List<String> arguments) {
    var command = new ArrayList<>(kubectl);
    command.addAll(arguments);
    Shell.check("Setting up the cluster", command);
  }
}
