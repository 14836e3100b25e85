package dev.berth.operator.apply;

import dev.berth.operator.model.ClaimModel;
import dev.berth.operator.model.PodModel;
import dev.berth.operator.model.ServiceModel;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementRequest;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.SchedulerUnreachable;
import dev.berth.operator.plan.Action;
import dev.berth.operator.plan.Plan;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.workload.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Carries out the actions of a plan in order and stops at the first that cannot be done. */
public final class Applier {
  private final Cluster cluster;
  private final Placements scheduler;
  private final PlacementBook book;
  private final InstantSource clock;

  public Applier(Cluster cluster, Placements scheduler, PlacementBook book, InstantSource clock) {
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.book = book;
    this.clock = clock;
  }

  /** The problem that stopped it, if any; the rest is tried again at the next reconciliation. */
  public Optional<Problem> apply(Situation situation, Plan plan) {
    for (Action action : plan.actions()) {
      Optional<Problem> problem = apply(situation, action);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> apply(Situation situation, Action action) {
    Identity id = situation.workload().identity();
    return switch (action) {
      case Action.WriteService s ->
          cluster.writeService(ServiceModel.service(id, s.revision(), s.port()));
      case Action.EnsureClaim c ->
          cluster.ensureClaim(
              ClaimModel.claim(id, c.placement(), c.lease(), c.epoch(), clock.instant()));
      case Action.CreatePod p ->
          cluster.createPod(PodModel.pod(situation.workload(), p.placement(), p.lease()));
      case Action.Place place -> place(situation, place);
      case Action.Release release -> release(release.id());
      case Action.DeletePod pod -> done(() -> cluster.deletePod(id.namespace(), pod.name()));
      case Action.DeleteClaim claim ->
          done(() -> cluster.deleteClaim(id.namespace(), claim.name()));
      case Action.DeleteService service ->
          done(() -> cluster.deleteService(id.namespace(), service.name()));
    };
  }

  private Optional<Problem> place(Situation situation, Action.Place action) {
    if (!(situation.resolution() instanceof Resolved resolved)) {
      throw new IllegalStateException("a placement is planned without a flavor: " + action.id());
    }
    return placed(request(situation, resolved, action));
  }

  private static PlacementRequest request(
      Situation situation, Resolved resolved, Action.Place action) {
    return new PlacementRequest(
        action.id(),
        action.members(),
        situation.workload().identity().namespace(),
        situation.workload().identity().display(),
        resolved.flavor(),
        resolved.spec(),
        resolved.policy().first(action.choices()));
  }

  private Optional<Problem> placed(PlacementRequest request) {
    book.asking(request.id());
    try {
      book.answered(scheduler.place(request));
      return Optional.empty();
    } catch (SchedulerUnreachable e) {
      book.answered(
          new Placement(
              request.id(),
              request.flavor(),
              request.spec().catalogVersion(),
              new PlacementState.Unconfirmed(String.valueOf(e.getMessage()), now())));
      return Optional.of(unreachable(e));
    }
  }

  private Optional<Problem> release(PlacementId id) {
    book.asking(id);
    try {
      if (scheduler.release(id.toString())) {
        book.gone(id);
      } else {
        book.answered(new Placement(id, "", "", new PlacementState.Releasing()));
      }
      return Optional.empty();
    } catch (SchedulerUnreachable e) {
      return Optional.of(unreachable(e));
    }
  }

  private static Problem unreachable(SchedulerUnreachable e) {
    return new Problem(Problem.SCHEDULER_UNREACHABLE, String.valueOf(e.getMessage()));
  }

  private static Optional<Problem> done(Runnable write) {
    write.run();
    return Optional.empty();
  }

  private Instant now() {
    return clock.instant();
  }
}
