package dev.berth.e2e.build;

import dev.berth.e2e.Shell;
import dev.berth.e2e.steps.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a Go compiler that is new enough, or fetches one. */
final class GoToolchain {
  /** Kubernetes 1.36 needs it. */
  private static final int NEEDED_MINOR = 26;

  private static final Pattern VERSION = Pattern.compile("go1\\.(\\d+)");

  private GoToolchain() {}

  /** The go program: an installed one, or one fetched into {@code cache} from the module proxy. */
  static Path find(Path cache, Progress progress) {
    return candidates(cache)
        .filter(GoToolchain::isNewEnough)
        .findFirst()
        .orElseGet(() -> fetch(cache, progress));
  }

  private static Stream<Path> candidates(Path cache) {
    var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of);
    var usual = Stream.of("/usr/local/go/bin", "/usr/lib/go/bin").map(Path::of);
    return Stream.of(path, usual, Stream.of(GoDownload.directory(cache).resolve("bin")))
        .flatMap(it -> it)
        .map(directory -> directory.resolve("go"))
        .filter(Files::isExecutable);
  }

  private static boolean isNewEnough(Path go) {
    return minor(Shell.run(List.of(go.toString(), "env", "GOVERSION")).output())
        .filter(minor -> minor >= NEEDED_MINOR)
        .isPresent();
  }

  /** The second number of "go1.26.8". */
  static Optional<Integer> minor(String version) {
    var matcher = VERSION.matcher(version);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private static Path fetch(Path cache, Progress progress) {
    progress.track("fetched Go " + GoDownload.VERSION, () -> GoDownload.into(cache));
    return GoDownload.directory(cache).resolve("bin/go");
  }
}
