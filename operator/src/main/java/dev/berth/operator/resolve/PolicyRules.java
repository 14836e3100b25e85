package dev.berth.operator.resolve;

import dev.berth.crds.Scheduling;
import dev.berth.operator.resolve.FlavorChoice.Choice;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.Durations;
import dev.berth.operator.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the user said about scheduling into a policy. */
final class PolicyRules {
  private final FlavorChoice flavors;
  private final Priorities priorities;

  PolicyRules(FlavorChoice flavors, Priorities priorities) {
    this.flavors = flavors;
    this.priorities = priorities;
  }

  sealed interface Outcome {
    record Yes(Policy policy, List<String> warnings) implements Outcome {}

    record No(Unresolved why) implements Outcome {}
  }

  /** {@code wanted} is the flavor that the workload asks for. */
  Outcome policy(Workload workload, String wanted) {
    Scheduling s = workload.wish().scheduling();
    Optional<Integer> priority = priorities.of(s.priority());
    if (priority.isEmpty()) {
      return new Outcome.No(priorities.unknown(s.priority()));
    }
    Optional<Unresolved> wrong =
        duration("expectedDuration", s.expectedDuration())
            .or(() -> duration("checkpointCost", s.checkpointCost()));
    return wrong
        .<Outcome>map(Outcome.No::new)
        .orElseGet(() -> withFallbacks(workload, wanted, priority.get()));
  }

  private Outcome withFallbacks(Workload workload, String wanted, int priority) {
    Scheduling s = workload.wish().scheduling();
    List<Policy.Fallback> fallbacks = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String name : s.fallbacks()) {
      if (name.equals(wanted)) {
        return new Outcome.No(itself(name));
      }
      switch (flavors.fallback(workload, name)) {
        case Choice.No no -> {
          return new Outcome.No(no.why());
        }
        case Choice.Yes yes -> {
          fallbacks.add(new Policy.Fallback(name, yes.entry().spec()));
          warnings.addAll(yes.warnings());
        }
      }
    }
    return new Outcome.Yes(policy(s, priority, fallbacks), warnings);
  }

  private static Policy policy(Scheduling s, int priority, List<Policy.Fallback> fallbacks) {
    return new Policy(
        priority,
        s.preemptible(),
        s.queue() == null ? "" : s.queue(),
        Optional.ofNullable(s.topology()),
        s.regions(),
        fallbacks,
        time(s.expectedDuration()),
        time(s.checkpointCost()));
  }

  private static Unresolved itself(String name) {
    return new Unresolved(
        "InvalidFallback",
        "fallbacks name the flavor '%s' itself; name other flavors".formatted(name));
  }

  private static Optional<Unresolved> duration(String key, @Nullable String text) {
    return text == null || Durations.parse(text).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Unresolved(
                "InvalidDuration",
                "%s is '%s'; expected hours, minutes, seconds, e.g. 30m or 1h30m"
                    .formatted(key, text)));
  }

  private static Duration time(@Nullable String text) {
    return text == null ? Duration.ZERO : Durations.parse(text).orElse(Duration.ZERO);
  }
}
