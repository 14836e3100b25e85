package dev.berth.operator.plan;

import dev.berth.crds.Condition;
import dev.berth.crds.Revisions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier status wrote down for later decisions: the revision that served last, a revision
 * that did not start in time for a generation, and the generation for which going back from a
 * fallback failed, and why its hardware was taken back.
 */
public record Recorded(
    Optional<String> serving,
    Optional<TimedOut> timedOut,
    Optional<Long> returnFailed,
    Optional<Condition> preempted) {
  public static final Recorded NOTHING =
      new Recorded(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  public static final String PROGRESSING = "Progressing";
  public static final String STARTUP_TIMEOUT = "StartupTimeout";
  public static final String FALLBACK = "Fallback";
  public static final String PREEMPTED = "Preempted";
  public static final String RETURN_FAILED = "ReturnFailed";

  /** This revision is not tried again for this generation of the spec. */
  public record TimedOut(String revision, long generation) {}

  public static Recorded of(@Nullable Revisions revisions, List<Condition> conditions) {
    if (revisions == null) {
      return NOTHING;
    }
    Optional<TimedOut> timedOut =
        conditions.stream()
            .filter(c -> c.type().equals(PROGRESSING) && c.reason().equals(STARTUP_TIMEOUT))
            .filter(c -> c.observedGeneration() != null)
            .findFirst()
            .map(c -> new TimedOut(revisions.wanted(), generation(c)));
    Optional<Long> returnFailed =
        conditions.stream()
            .filter(c -> c.type().equals(FALLBACK) && c.reason().equals(RETURN_FAILED))
            .findFirst()
            .map(Recorded::generation);
    Optional<Condition> preempted =
        conditions.stream().filter(c -> c.type().equals(PREEMPTED)).findFirst();
    return new Recorded(
        Optional.ofNullable(revisions.serving()), timedOut, returnFailed, preempted);
  }

  private static long generation(Condition condition) {
    @Nullable Long generation = condition.observedGeneration();
    return generation == null ? 0 : generation;
  }

  public boolean returnHasFailed(long generation) {
    return returnFailed.equals(Optional.of(generation));
  }

  boolean hasTimedOut(String revision, long generation) {
    return timedOut.equals(Optional.of(new TimedOut(revision, generation)));
  }
}
