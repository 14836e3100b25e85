package dev.berth.operator.resolve;

import dev.berth.crds.Berth;
import dev.berth.crds.SecretVariable;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.Durations;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules of a wish that need no look-up; most are also in the schema, which older servers skip. */
final class WishRules {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int LABEL_CHARS = 63;

  private WishRules() {}

  static Optional<Unresolved> firstBroken(Workload workload) {
    return name(workload.identity())
        .or(() -> image(workload.wish()))
        .or(() -> replicas(workload.wish()))
        .or(() -> port(workload.wish()))
        .or(() -> variables(workload.wish()))
        .or(() -> timeout(workload.wish()));
  }

  private static Optional<Unresolved> name(Identity id) {
    if (!LABEL.matcher(id.name()).matches()) {
      return broken(
          "InvalidName",
          "name '%s' cannot be part of a host name; use lower-case letters, digits and '-'"
              .formatted(id.name()));
    }
    return id.host().length() <= LABEL_CHARS
        ? Optional.empty()
        : broken(
            "InvalidName",
            "host '%s' has %d characters; expected at most %d: shorten the name"
                .formatted(id.host(), id.host().length(), LABEL_CHARS));
  }

  private static Optional<Unresolved> image(Wish wish) {
    return wish.image().isBlank() || wish.image().chars().anyMatch(Character::isWhitespace)
        ? broken(
            "InvalidImage",
            "image is '%s'; expected a container image, e.g. registry.example/acme/app:1"
                .formatted(wish.image()))
        : Optional.empty();
  }

  private static Optional<Unresolved> replicas(Wish wish) {
    return wish.replicas() >= 0 && wish.replicas() <= Berth.MAX_REPLICAS
        ? Optional.empty()
        : broken(
            "InvalidReplicas",
            "replicas is %d; expected 0 to %d".formatted(wish.replicas(), Berth.MAX_REPLICAS));
  }

  private static Optional<Unresolved> port(Wish wish) {
    return wish.port() >= 1 && wish.port() <= 65535
        ? Optional.empty()
        : broken("InvalidPort", "port is %d; expected 1 to 65535".formatted(wish.port()));
  }

  private static Optional<Unresolved> variables(Wish wish) {
    Set<String> seen = new HashSet<>();
    return Stream.concat(
            wish.variables().keySet().stream().sorted(),
            wish.secrets().stream().map(SecretVariable::name))
        .filter(name -> !VARIABLE.matcher(name).matches() || !seen.add(name))
        .findFirst()
        .flatMap(
            name ->
                broken(
                    "InvalidVariable",
                    "variable '%s' is given twice or is not letters, digits and _ starting with a letter or _"
                        .formatted(name)));
  }

  private static Optional<Unresolved> timeout(Wish wish) {
    return wish.startupTimeout().isEmpty() || Durations.parse(wish.startupTimeout()).isPresent()
        ? Optional.empty()
        : broken(
            "InvalidStartupTimeout",
            "startupTimeout is '%s'; expected hours, minutes, seconds, e.g. 30m or 1h30m"
                .formatted(wish.startupTimeout()));
  }

  private static Optional<Unresolved> broken(String reason, String message) {
    return Optional.of(new Unresolved(reason, message));
  }
}
