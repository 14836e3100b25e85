package dev.berth.operator.status;

import dev.berth.operator.apply.Problem;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.plan.PodView;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.plan.Trouble;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.util.List;
import java.util.Optional;

/** The phase of a situation and why: what the user did first, then the wanted revision's state. */
final class Verdicts {
  private static final String KEEPS_SERVING = "the former revision keeps serving";

  private Verdicts() {}

  static Verdict of(Situation situation, Optional<Problem> problem, boolean serving) {
    if (situation.workload().deleting()) {
      return new Verdict(Phase.DELETING, "Deleting", "Giving its hardware back");
    }
    return problem
        .flatMap(Verdicts::ofProblem)
        .orElseGet(
            () ->
                switch (situation.resolution()) {
                  case Resolution.Unresolved no -> ofUnresolved(no, serving);
                  case Resolved wanted -> ofWish(situation, wanted);
                });
  }

  /** An unreachable scheduler is no problem of what runs; placements without answer tell it. */
  private static Optional<Verdict> ofProblem(Problem problem) {
    return problem.reason().equals(Problem.SCHEDULER_UNREACHABLE)
        ? Optional.empty()
        : Optional.of(new Verdict(Phase.CONFIG_ERROR, problem.reason(), problem.message()));
  }

  private static Verdict ofUnresolved(Resolution.Unresolved no, boolean serving) {
    if (no.forNow()) {
      Verdict pending = new Verdict(Phase.PENDING, no.reason(), no.message());
      return serving
          ? new Verdict(Phase.UPDATING, no.reason(), no.message()).because(KEEPS_SERVING)
          : pending;
    }
    Verdict verdict = new Verdict(Phase.CONFIG_ERROR, no.reason(), no.message());
    return serving ? verdict.because(KEEPS_SERVING) : verdict;
  }

  private static Verdict ofWish(Situation situation, Resolved wanted) {
    return switch (situation.workload().wish().run()) {
      case PAUSED -> new Verdict(Phase.PAUSED, "Paused", "Paused; set paused: false to resume");
      case SLEEPING ->
          new Verdict(Phase.SLEEPING, "Sleeping", "Nobody visits it; the next visit wakes it");
      case STOPPED -> new Verdict(Phase.STOPPED, "Stopped", "Zero replicas; set replicas to run");
      case RUN -> ofRun(situation, wanted);
    };
  }

  private static Verdict ofRun(Situation situation, Resolved wanted) {
    boolean updating = situation.servingOther(wanted.revision()).isPresent();
    int ready = situation.readyReplicas(wanted.revision());
    int asked = situation.workload().wish().replicas();
    boolean enough = situation.workload().wish().gang() ? ready >= asked : ready > 0;
    String count = "%d of %d replicas ready".formatted(ready, asked);
    if (ready >= asked && !updating) {
      return new Verdict(Phase.RUNNING, "Running", count);
    }
    Verdict start = start(situation, wanted);
    if (enough && !updating) {
      return new Verdict(Phase.RUNNING, "PartlyReady", count).because(start.message());
    }
    return updating ? whileServing(start) : start;
  }

  private static Verdict whileServing(Verdict start) {
    return switch (start.phase()) {
      case PENDING ->
          new Verdict(Phase.UPDATING, start.reason(), start.message())
              .because(KEEPS_SERVING)
              .because("set updateStrategy: Recreate to stop it first if it holds that hardware");
      case ERROR ->
          new Verdict(
                  start.reason().equals(Recorded.STARTUP_TIMEOUT)
                      ? Phase.UPDATE_FAILED
                      : Phase.UPDATING,
                  start.reason(),
                  start.message())
              .because(KEEPS_SERVING);
      case CONFIG_ERROR -> start.because(KEEPS_SERVING);
      case STARTING, RUNNING, UPDATING, UPDATE_FAILED, PAUSED, STOPPED, SLEEPING, DELETING ->
          new Verdict(Phase.UPDATING, start.reason(), start.message());
    };
  }

  /** How far the wanted revision has come when not enough of it is ready. */
  private static Verdict start(Situation situation, Resolved wanted) {
    List<Placement> placements = situation.standing(wanted);
    if (timedOut(situation, wanted)) {
      return new Verdict(Phase.ERROR, Recorded.STARTUP_TIMEOUT, timeoutWords(situation, wanted));
    }
    return PlacementWords.unplaced(situation, placements)
        .or(() -> podTrouble(situation, wanted))
        .orElseGet(() -> starting(situation, wanted));
  }

  private static Optional<Verdict> podTrouble(Situation situation, Resolved wanted) {
    return podsOf(situation, wanted.revision()).stream()
        .flatMap(pod -> pod.trouble().stream())
        .findFirst()
        .map(t -> new Verdict(t.fatal() ? Phase.ERROR : Phase.STARTING, t.reason(), t.message()));
  }

  private static Verdict starting(Situation situation, Resolved wanted) {
    int ready = situation.readyReplicas(wanted.revision());
    return new Verdict(
        Phase.STARTING,
        "AppStarting",
        "%d of %d replicas ready".formatted(ready, situation.workload().wish().replicas()));
  }

  private static List<PodView> podsOf(Situation situation, String revision) {
    return situation.observed().pods().stream()
        .filter(pod -> pod.revision().equals(revision))
        .toList();
  }

  /** It is known to have timed out, or a placement of it has just passed its time unready. */
  static boolean timedOut(Situation situation, Resolved wanted) {
    if (situation.timedOut(wanted)) {
      return true;
    }
    return !situation.hasServed(wanted.revision())
        && situation.standing(wanted).stream()
            .anyMatch(placement -> overdue(situation, wanted, placement));
  }

  private static boolean overdue(Situation situation, Resolved wanted, Placement placement) {
    return placement.state() instanceof PlacementState.Placed placed
        && !placed.placedAt().plus(wanted.startupTimeout()).isAfter(situation.now())
        && situation.observed().podsOf(placement).stream().filter(PodView::serving).count()
            < placed.leases().size();
  }

  private static String timeoutWords(Situation situation, Resolved wanted) {
    String last =
        podsOf(situation, wanted.revision()).stream()
            .flatMap(pod -> pod.trouble().stream())
            .map(Trouble::message)
            .findFirst()
            .map(message -> " (last: " + message + ")")
            .orElse("");
    return "not listening on port %d within %s%s; its hardware is given back; change the spec to try again"
        .formatted(
            situation.workload().wish().port(),
            PlacementWords.words(wanted.startupTimeout()),
            last);
  }
}
