package dev.berth.operator.reconcile;

import dev.berth.crds.Berth;
import dev.berth.operator.status.Verdict;
import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Kubernetes events, beside the reconciliation so that it never waits for them. */
public final class KubernetesEvents implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
  private static final int MESSAGE_CHARS = 1000;

  private final KubernetesClient client;
  private final Executor executor;
  private final InstantSource clock;

  public KubernetesEvents(KubernetesClient client, Executor executor, InstantSource clock) {
    this.client = client;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public void entered(Identity identity, String named, Verdict verdict) {
    Event event = event(identity, named, verdict);
    executor.execute(() -> write(event));
  }

  private void write(Event event) {
    try {
      client.v1().events().inNamespace(event.getMetadata().getNamespace()).resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("Event not written.");
    }
  }

  private Event event(Identity id, String named, Verdict verdict) {
    Instant now = clock.instant();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(id.namespace())
        .withName(
            id.name()
                + "."
                + Long.toHexString(now.toEpochMilli())
                + Integer.toHexString(now.getNano()))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(Berth.API_VERSION)
        .withKind(id.kind().kind())
        .withNamespace(id.namespace())
        .withName(id.name())
        .withUid(id.uid())
        .endInvolvedObject()
        .withType(verdict.phase().bad() ? "Warning" : "Normal")
        .withReason(verdict.reason())
        .withMessage(shortened(named + ": " + verdict.message()))
        .withNewSource("berth-operator", null)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS);
  }
}
