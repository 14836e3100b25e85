package dev.berth.operator.status;

import dev.berth.crds.Condition;
import dev.berth.operator.plan.Recorded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of an assessment; times change only when a condition's status does. */
final class Conditions {
  private static final String NAME_CLASH = "NameClash";

  private Conditions() {}

  static List<Condition> of(Assessment a, long generation, List<Condition> former, Instant now) {
    Verdict v = a.verdict();
    List<Condition> all = new ArrayList<>();
    all.add(condition("Placed", a.placed().yes(), a.placed().reason(), a.placed().message()));
    all.add(condition("Ready", a.serving(), v.reason(), v.message()));
    all.add(progressing(a));
    if (v.reason().equals(NAME_CLASH)) {
      all.add(condition(NAME_CLASH, true, NAME_CLASH, v.message()));
    }
    if (!a.warnings().isEmpty()) {
      all.add(condition("Warning", true, "DeprecatedFlavor", String.join("; ", a.warnings())));
    }
    a.fallback().ifPresent(n -> all.add(condition(Recorded.FALLBACK, n)));
    a.move().ifPresent(n -> all.add(condition("Moving", n)));
    a.eviction().ifPresent(n -> all.add(condition(Recorded.PREEMPTED, n)));
    return all.stream().map(c -> dated(c, generation, former, now)).toList();
  }

  private static Condition progressing(Assessment a) {
    if (a.timedOut()) {
      return condition(
          Recorded.PROGRESSING, false, Recorded.STARTUP_TIMEOUT, a.verdict().message());
    }
    return switch (a.verdict().phase()) {
      case PENDING, STARTING, UPDATING, DELETING ->
          condition(Recorded.PROGRESSING, true, a.verdict().reason(), a.verdict().message());
      case RUNNING ->
          condition(
              Recorded.PROGRESSING,
              a.replicas().current() < a.replicas().requested(),
              a.replicas().current() < a.replicas().requested() ? "PartlyReady" : "Settled",
              a.verdict().message());
      case CONFIG_ERROR, ERROR, UPDATE_FAILED, PAUSED, STOPPED, SLEEPING ->
          condition(Recorded.PROGRESSING, false, a.verdict().reason(), a.verdict().message());
    };
  }

  private static Condition condition(String type, Assessment.Note note) {
    return condition(type, note.yes(), note.reason(), note.message());
  }

  private static Condition condition(String type, boolean status, String reason, String message) {
    return new Condition(type, status ? "True" : "False", reason, message, null, null);
  }

  private static Condition dated(
      Condition condition, long generation, List<Condition> former, Instant now) {
    Optional<Condition> before =
        former.stream()
            .filter(f -> f.type().equals(condition.type()))
            .filter(f -> f.status().equals(condition.status()))
            .findFirst();
    return new Condition(
        condition.type(),
        condition.status(),
        condition.reason(),
        condition.message(),
        generation,
        before
            .flatMap(f -> Optional.ofNullable(f.lastTransitionTime()))
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString()));
  }
}
