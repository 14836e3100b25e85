package dev.berth.operator.reconcile;

import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the reconcilers of both kinds share. */
final class Controller<P extends HasMetadata> {
  private final Sources<P> sources;
  private final Observer<P> observer;
  private final WorkloadLoop loop;
  private final Narrator narrator;
  private final OperatorMetrics metrics;
  private final UnaryOperator<String> url;
  private final KubernetesClient client;
  private final String fieldManager;

  Controller(
      Sources<P> sources,
      Observer<P> observer,
      WorkloadLoop loop,
      Narrator narrator,
      OperatorMetrics metrics,
      UnaryOperator<String> url,
      KubernetesClient client,
      String fieldManager) {
    this.sources = sources;
    this.observer = observer;
    this.loop = loop;
    this.narrator = narrator;
    this.metrics = metrics;
    this.url = url;
    this.client = client;
    this.fieldManager = fieldManager;
  }

  Turn turn(P primary, Workload workload, Recorded recorded) {
    long start = System.nanoTime();
    try {
      return loop.turn(workload, recorded, observer.observe(primary, workload.identity()));
    } finally {
      metrics.reconciled(
          workload.identity().kind().token(), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  void tell(Workload workload, Turn turn, String named, boolean restored) {
    narrator.tell(workload.identity(), turn, named, restored);
  }

  String url(Identity identity) {
    return url.apply(identity.host());
  }

  /** Lets the resource go once nothing is left; says that it is being deleted until then. */
  DeleteControl cleanUp(Workload workload, Turn turn, P bare, boolean saidSo) {
    if (turn.nothingLeft()) {
      narrator.forget(workload.identity());
      return DeleteControl.defaultDelete();
    }
    narrator.tell(workload.identity(), turn, "DELETING", saidSo);
    if (!saidSo) {
      writeStatus(bare);
    }
    return DeleteControl.noFinalizerRemoval()
        .rescheduleAfter(turn.again().orElse(Duration.ofSeconds(5)).toMillis());
  }

  private void writeStatus(P bare) {
    try {
      client
          .resource(bare)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(fieldManager)
                  .withForce(true)
                  .build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  List<EventSource<?, P>> prepare(EventSourceContext<P> context) {
    return sources.prepare(context);
  }
}
