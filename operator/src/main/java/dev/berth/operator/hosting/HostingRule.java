package dev.berth.operator.hosting;

import dev.berth.api.zerogpu.Hosting;
import dev.berth.api.zerogpu.Hosting.HostedSpace;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.resolve.SeatHosting;
import dev.berth.operator.workload.Identity;
import java.util.List;
import java.util.Optional;

/**
 * Lets an account host as many ZeroGPU Spaces as its tier may. While nobody says how many, what is
 * admitted stays and what is new waits.
 */
public final class HostingRule implements SeatHosting {
  private final HostedSpaces spaces;
  private final Terms.Source terms;

  public HostingRule(HostedSpaces spaces, Terms.Source terms) {
    this.spaces = spaces;
    this.terms = terms;
  }

  @Override
  public Optional<Unresolved> refusal(Identity space) {
    List<HostedSpace> hosted = spaces.of(space.namespace());
    Optional<HostedSpace> own =
        hosted.stream().filter(other -> other.name().equals(space.name())).findFirst();
    // Not in the cache: its deletion is under way, or it has just come; the next look tells.
    return own.flatMap(known -> refusal(space.namespace(), known, hosted));
  }

  private Optional<Unresolved> refusal(
      String namespace, HostedSpace space, List<HostedSpace> hosted) {
    return switch (terms.of(namespace)) {
      case Terms.Unknown unknown when space.admitted() -> Optional.empty();
      case Terms.Unknown unknown -> Optional.of(waiting(namespace, unknown.who()));
      case Terms.Known known ->
          switch (Hosting.of(space, hosted, known.tier(), known.policy())) {
            case Hosting.Allowed allowed -> Optional.empty();
            case Hosting.Refused refused ->
                Optional.of(
                    new Unresolved(
                        LIMIT, "account %s: %s".formatted(namespace, refused.message())));
          };
    };
  }

  private static Unresolved waiting(String namespace, String who) {
    return Unresolved.forNow(
        UNKNOWN,
        "%s does not answer, so it is not known how many ZeroGPU Spaces account %s may host; asked again every few seconds"
            .formatted(who, namespace));
  }
}
