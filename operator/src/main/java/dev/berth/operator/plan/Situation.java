package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.workload.Workload;
import java.time.Instant;
import java.util.List;

/** Everything a decision depends on. */
public record Situation(
    Workload workload, Recorded recorded, Resolution resolution, Observed observed, Instant now) {

  /** The wanted revision was given enough time and did not start. */
  public boolean timedOut(Resolved wanted) {
    return recorded.hasTimedOut(wanted.revision(), workload.generation());
  }

  /** It has served before, so it is unhealthy rather than starting when no pod is ready. */
  public boolean hasServed(String revision) {
    return recorded.serving().filter(revision::equals).isPresent();
  }

  /** The other revision that has ready pods behind the Service now, if any. */
  public java.util.Optional<String> servingOther(String revision) {
    return observed
        .service()
        .map(ServiceView::revision)
        .filter(selected -> !selected.equals(revision))
        .filter(selected -> !observed.servingPods(selected).isEmpty());
  }

  /** Present placements of a revision, without those being given back. */
  public List<Placement> placementsOf(String revision) {
    return observed.placements().stream()
        .filter(p -> p.id().revision().equals(revision))
        .filter(p -> !(p.state() instanceof PlacementState.Releasing))
        .toList();
  }

  /** Terminating for so long that its node must have stopped answering. */
  public boolean lost(PodView pod) {
    return pod.lostBy(now, Draft.PATIENCE);
  }

  /** The placements of each slot of the wanted revision. */
  public List<Succession> successions(Resolved wanted) {
    return workload.wish().slots().stream().map(slot -> Succession.of(this, wanted, slot)).toList();
  }

  /** The placement that stands for each slot that has one. */
  public List<Placement> standing(Resolved wanted) {
    return successions(wanted).stream().flatMap(s -> s.current().stream()).toList();
  }

  /** Going back from a fallback has just run out of time; it is written down, then given up. */
  public boolean returnOverdue(Resolved wanted) {
    return !recorded.returnHasFailed(workload.generation())
        && successions(wanted).stream().anyMatch(s -> s.returnOverdue(this, wanted));
  }

  /** As {@link #placementsOf}, without targets of moves on which nothing runs yet. */
  List<Placement> inUse(String revision) {
    return placementsOf(revision).stream()
        .filter(p -> !p.id().isMove() || !observed.podsOf(p).isEmpty())
        .toList();
  }

  /** All replicas of the revision are placed and ready. */
  public boolean complete(String revision) {
    return readyReplicas(revision) >= workload.wish().replicas();
  }

  /** Replicas of the revision that serve; one that is being replaced counts once. */
  public int readyReplicas(String revision) {
    return Replicas.ready(this, revision);
  }
}
