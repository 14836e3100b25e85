package dev.berth.operator.reconcile;

import dev.berth.crds.Space;
import dev.berth.crds.SpaceStatus;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.status.Statuses;
import dev.berth.operator.workload.Sleep;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.Workloads;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reconciles Spaces. */
public final class SpaceReconciler implements Reconciler<Space>, Cleaner<Space> {
  private final Controller<Space> controller;
  private final InstantSource clock;

  SpaceReconciler(Controller<Space> controller, InstantSource clock) {
    this.controller = controller;
    this.clock = clock;
  }

  @Override
  public UpdateControl<Space> reconcile(Space space, Context<Space> context) {
    Instant now = clock.instant();
    Sleep sleep = Sleep.of(space, now);
    Workload workload = Workloads.of(space, sleep.asleep());
    Turn turn = controller.turn(space, workload, recorded(space.getStatus()));
    SpaceStatus status = status(space, workload, turn);
    controller.tell(workload, turn, String.valueOf(status.stage()), unchangedStage(space, status));
    UpdateControl<Space> control =
        status.equals(space.getStatus())
            ? UpdateControl.noUpdate()
            : UpdateControl.patchStatus(bare(space, status));
    Stream.concat(turn.again().stream(), sleep.due().map(at -> Duration.between(now, at)).stream())
        .min(Duration::compareTo)
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  @Override
  public DeleteControl cleanup(Space space, Context<Space> context) {
    Workload workload = Workloads.of(space, Sleep.of(space, clock.instant()).asleep());
    Turn turn = controller.turn(space, workload, recorded(space.getStatus()));
    SpaceStatus status = status(space, workload, turn);
    return controller.cleanUp(workload, turn, bare(space, status), unchangedStage(space, status));
  }

  private SpaceStatus status(Space space, Workload workload, Turn turn) {
    return Statuses.space(
        workload,
        turn.assessment(),
        controller.url(workload.identity()),
        space.getStatus(),
        turn.at());
  }

  private static boolean unchangedStage(Space space, SpaceStatus status) {
    return space.getStatus() != null && space.getStatus().stage() == status.stage();
  }

  private static Recorded recorded(@Nullable SpaceStatus status) {
    return status == null ? Recorded.NOTHING : Recorded.of(status.revisions(), status.conditions());
  }

  /** Only what we own, as server-side apply wants it. */
  private static Space bare(Space space, SpaceStatus status) {
    Space bare = new Space();
    bare.getMetadata().setNamespace(space.getMetadata().getNamespace());
    bare.getMetadata().setName(space.getMetadata().getName());
    bare.setStatus(status);
    return bare;
  }

  @Override
  public List<EventSource<?, Space>> prepareEventSources(EventSourceContext<Space> context) {
    return controller.prepare(context);
  }
}
