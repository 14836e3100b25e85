package dev.berth.operator.reconcile;

import dev.berth.crds.Endpoint;
import dev.berth.crds.EndpointStatus;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.status.Statuses;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.Workloads;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reconciles Endpoints. */
public final class EndpointReconciler implements Reconciler<Endpoint>, Cleaner<Endpoint> {
  private final Controller<Endpoint> controller;

  EndpointReconciler(Controller<Endpoint> controller) {
    this.controller = controller;
  }

  @Override
  public UpdateControl<Endpoint> reconcile(Endpoint endpoint, Context<Endpoint> context) {
    Workload workload = Workloads.of(endpoint);
    Turn turn = controller.turn(endpoint, workload, recorded(endpoint.getStatus()));
    EndpointStatus status = status(endpoint, workload, turn);
    controller.tell(
        workload, turn, String.valueOf(status.state()), unchangedState(endpoint, status));
    UpdateControl<Endpoint> control =
        status.equals(endpoint.getStatus())
            ? UpdateControl.noUpdate()
            : UpdateControl.patchStatus(bare(endpoint, status));
    turn.again().ifPresent(control::rescheduleAfter);
    return control;
  }

  @Override
  public DeleteControl cleanup(Endpoint endpoint, Context<Endpoint> context) {
    Workload workload = Workloads.of(endpoint);
    Turn turn = controller.turn(endpoint, workload, recorded(endpoint.getStatus()));
    EndpointStatus status = status(endpoint, workload, turn);
    return controller.cleanUp(
        workload, turn, bare(endpoint, status), unchangedState(endpoint, status));
  }

  private EndpointStatus status(Endpoint endpoint, Workload workload, Turn turn) {
    return Statuses.endpoint(
        workload,
        turn.assessment(),
        controller.url(workload.identity()),
        endpoint.getStatus(),
        turn.at());
  }

  private static boolean unchangedState(Endpoint endpoint, EndpointStatus status) {
    return endpoint.getStatus() != null && endpoint.getStatus().state() == status.state();
  }

  private static Recorded recorded(@Nullable EndpointStatus status) {
    return status == null ? Recorded.NOTHING : Recorded.of(status.revisions(), status.conditions());
  }

  /** Only what we own, as server-side apply wants it. */
  private static Endpoint bare(Endpoint endpoint, EndpointStatus status) {
    Endpoint bare = new Endpoint();
    bare.getMetadata().setNamespace(endpoint.getMetadata().getNamespace());
    bare.getMetadata().setName(endpoint.getMetadata().getName());
    bare.setStatus(status);
    return bare;
  }

  @Override
  public List<EventSource<?, Endpoint>> prepareEventSources(EventSourceContext<Endpoint> context) {
    return controller.prepare(context);
  }
}
