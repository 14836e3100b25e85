package dev.berth.e2e.cli;

import dev.berth.e2e.fleet.FleetOptions;
import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
public final class GlobalOptions {
  /** The name of this mixin in the root command. */
  public static final String MIXIN = "options";

  @Option(
      scope = ScopeType.INHERIT,
      names = "--home",
      paramLabel = "DIR",
      description = "Directory of the fleet (default: .berth in the source tree)")
  private @Nullable Path home;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--port-base",
      paramLabel = "N",
      description = "First of the fleet's ports (default: a free block is chosen)")
  private @Nullable Integer portBase;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--cluster",
      paramLabel = "KIND",
      description = "native (default) or k3s, which needs Docker")
  private @Nullable String cluster;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Use this cluster instead of making one")
  private @Nullable Path kubeconfig;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--cache",
      paramLabel = "DIR",
      description = "Where built programs are kept (default: $BERTH_CACHE, or cache in the home)")
  private @Nullable Path cache;

  /** What the user chose, with the rest filled in. */
  public FleetOptions toFleetOptions() {
    var repository = Path.of(System.getProperty("berth.repository", "."));
    var base = home == null ? repository.resolve(".berth") : home;
    return new FleetOptions(
        base,
        portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase),
        Optional.ofNullable(cluster),
        Optional.ofNullable(kubeconfig),
        cache(base),
        repository.toAbsolutePath().normalize(),
        Path.of(
            System.getProperty(
                "berth.libraries", repository.resolve("e2e/target/dist/lib").toString())));
  }

  private Path cache(Path base) {
    if (cache != null) {
      return cache.toAbsolutePath().normalize();
    }
    var shared = Optional.ofNullable(System.getenv("BERTH_CACHE")).map(Path::of);
    return shared
        .or(() -> remembered(Home.at(base)))
        .orElse(base.resolve("cache"))
        .toAbsolutePath()
        .normalize();
  }

  /** Where `up` found or built the programs of this home. */
  private static Optional<Path> remembered(Home home) {
    try {
      return Optional.of(Path.of(Files.readString(home.cachePath()).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
