package dev.berth.operator.status;

import dev.berth.crds.ReplicaCount;
import dev.berth.operator.apply.Problem;
import dev.berth.operator.plan.PodView;
import dev.berth.operator.plan.ServiceView;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.workload.HardwareWish;
import dev.berth.operator.workload.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges a situation. Pure. */
public final class Assessor {
  private Assessor() {}

  /** {@code problem} is what stopped the last plan, if anything did. */
  public static Assessment assess(Situation situation, Optional<Problem> problem) {
    Optional<Resolved> wanted = wanted(situation);
    List<PodView> serving = servingPods(situation);
    Verdict verdict = Verdicts.of(situation, problem, !serving.isEmpty());
    return new Assessment(
        verdict,
        isServing(verdict, serving),
        wanted
            .map(w -> PlacementWords.placed(situation, w))
            .orElseGet(() -> unplaced(situation.resolution())),
        wanted.map(w -> Verdicts.timedOut(situation, w)).orElse(false),
        lastServing(situation, verdict),
        wanted.map(Resolved::revision),
        serving.stream().max(Comparator.comparing(PodView::createdAt)).map(PodView::flavor),
        wanted.map(Resolved::flavor).orElseGet(() -> asked(situation)),
        new ReplicaCount(ready(situation), situation.workload().wish().replicas()),
        PlacementWords.list(situation),
        wanted.flatMap(w -> PlacementWords.waiting(situation, w)),
        wanted.map(Resolved::warnings).orElse(List.of()),
        wanted.flatMap(w -> SuccessionWords.fallback(situation, w)),
        wanted.flatMap(w -> SuccessionWords.move(situation, w)),
        wanted.flatMap(w -> eviction(situation, w)));
  }

  private static Assessment.Placed unplaced(Resolution resolution) {
    return resolution instanceof Resolution.Unresolved no && no.forNow()
        ? new Assessment.Placed(false, no.reason(), no.message())
        : PlacementWords.NOTHING_TO_PLACE;
  }

  /** Told until everything is placed again, or nothing is to run. */
  private static Optional<Assessment.Note> eviction(Situation situation, Resolved wanted) {
    return situation.workload().wish().run() == Run.RUN
            && !PlacementWords.placed(situation, wanted).yes()
        ? EvictionWords.of(situation)
        : Optional.empty();
  }

  private static int ready(Situation situation) {
    return situation
        .observed()
        .service()
        .map(service -> situation.readyReplicas(service.revision()))
        .orElse(0);
  }

  private static Optional<Resolved> wanted(Situation situation) {
    return switch (situation.resolution()) {
      case Resolved resolved -> Optional.of(resolved);
      case Resolution.Unresolved unresolved -> Optional.empty();
    };
  }

  /** Ready pods behind the Service: those that get requests. */
  private static List<PodView> servingPods(Situation situation) {
    return situation
        .observed()
        .service()
        .map(ServiceView::revision)
        .map(situation.observed()::servingPods)
        .orElse(List.of());
  }

  private static boolean isServing(Verdict verdict, List<PodView> serving) {
    return !serving.isEmpty()
        && switch (verdict.phase()) {
          case RUNNING, UPDATING, UPDATE_FAILED, CONFIG_ERROR -> true;
          case PENDING, STARTING, ERROR, PAUSED, STOPPED, SLEEPING, DELETING -> false;
        };
  }

  private static Optional<String> lastServing(Situation situation, Verdict verdict) {
    return switch (verdict.phase()) {
      case RUNNING -> situation.observed().service().map(ServiceView::revision);
      // A resumed app starts afresh, with its time to start.
      case PAUSED, STOPPED, SLEEPING -> Optional.empty();
      case CONFIG_ERROR, PENDING, STARTING, UPDATING, UPDATE_FAILED, ERROR, DELETING ->
          situation.recorded().serving();
    };
  }

  private static String asked(Situation situation) {
    return switch (situation.workload().wish().hardware()) {
      case HardwareWish.ByName byName -> byName.flavor();
      case HardwareWish.ByInstance by ->
          by.vendor() + " " + by.instanceType() + " " + by.instanceSize();
    };
  }
}
