package dev.berth.operator.resolve;

import dev.berth.crds.Accelerator;
import dev.berth.crds.FlavorSpec;
import dev.berth.crds.SecretVariable;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.Durations;
import dev.berth.operator.workload.Run;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a wish and looks up what it names. The first thing wrong is the answer. */
public final class Resolver {
  private final FlavorChoice flavors;
  private final Secrets secrets;
  private final Hosts hosts;
  private final Duration defaultTimeout;
  private final PolicyRules policies;
  private final SeatHosting hosting;

  public Resolver(
      Catalog catalog,
      Secrets secrets,
      Hosts hosts,
      Duration defaultTimeout,
      Priorities priorities,
      SeatHosting hosting) {
    this.flavors = new FlavorChoice(catalog);
    this.policies = new PolicyRules(flavors, priorities);
    this.secrets = secrets;
    this.hosts = hosts;
    this.defaultTimeout = defaultTimeout;
    this.hosting = hosting;
  }

  public Resolution resolve(Workload workload) {
    Optional<Unresolved> wrong =
        WishRules.firstBroken(workload).or(() -> hostTaken(workload)).or(() -> secret(workload));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return switch (flavors.choose(workload)) {
      case FlavorChoice.Choice.No no -> no.why();
      case FlavorChoice.Choice.Yes yes -> withPolicy(workload, yes);
    };
  }

  private Resolution withPolicy(Workload workload, FlavorChoice.Choice.Yes choice) {
    return switch (policies.policy(workload, choice.entry().name())) {
      case PolicyRules.Outcome.No no -> no.why();
      case PolicyRules.Outcome.Yes yes ->
          unhosted(workload, choice, yes)
              .<Resolution>map(no -> no)
              .orElseGet(() -> resolved(workload, choice, yes));
    };
  }

  /** What does not run takes nobody's place. */
  private Optional<Unresolved> unhosted(
      Workload workload, FlavorChoice.Choice.Yes choice, PolicyRules.Outcome.Yes policy) {
    boolean seat =
        isSeat(choice.entry().spec())
            || policy.policy().fallbacks().stream().anyMatch(f -> isSeat(f.spec()));
    return seat && workload.wish().run() == Run.RUN && !workload.deleting()
        ? hosting.refusal(workload.identity())
        : Optional.empty();
  }

  /** Whether what is placed is a place beside devices that turns share. */
  public static boolean isSeat(FlavorSpec spec) {
    return spec.accelerator() != null && spec.accelerator().kind() == Accelerator.Kind.SEAT;
  }

  private Resolved resolved(
      Workload workload, FlavorChoice.Choice.Yes choice, PolicyRules.Outcome.Yes policy) {
    Wish wish = workload.wish();
    return new Resolved(
        Revision.of(wish, choice.entry().name(), secretVersions(workload)),
        choice.entry().name(),
        choice.entry().spec(),
        Durations.parse(wish.startupTimeout()).orElse(defaultTimeout),
        Stream.concat(choice.warnings().stream(), policy.warnings().stream()).toList(),
        policy.policy());
  }

  private Optional<Unresolved> hostTaken(Workload workload) {
    return hosts
        .takenBy(workload.identity())
        .map(
            other ->
                new Unresolved(
                    "NameClash",
                    "host '%s' is already served for %s; rename one of them"
                        .formatted(workload.identity().host(), other)));
  }

  private Optional<Unresolved> secret(Workload workload) {
    for (SecretVariable variable : workload.wish().secrets()) {
      Optional<Unresolved> missing = missing(workload.identity().namespace(), variable);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private Optional<Unresolved> missing(String namespace, SecretVariable variable) {
    String name = variable.secretRef().name();
    String key = variable.secretRef().key();
    Optional<Secrets.Version> found = secrets.find(namespace, name);
    if (found.isEmpty()) {
      return Optional.of(
          new Unresolved(
              "SecretMissing",
              "secret '%s' of variable %s is not in namespace %s; create it"
                  .formatted(name, variable.name(), namespace)));
    }
    return found.get().keys().contains(key)
        ? Optional.empty()
        : Optional.of(
            new Unresolved(
                "SecretMissing",
                "secret '%s' has no key '%s' for variable %s; it has %s"
                    .formatted(name, key, variable.name(), found.get().keys())));
  }

  private List<String> secretVersions(Workload workload) {
    List<String> versions = new ArrayList<>();
    for (SecretVariable variable : workload.wish().secrets()) {
      secrets
          .find(workload.identity().namespace(), variable.secretRef().name())
          .ifPresent(v -> versions.add(variable.secretRef().name() + "@" + v.resourceVersion()));
    }
    return versions;
  }
}
