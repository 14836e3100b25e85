package dev.berth.operator.flavors;

import static java.util.Objects.requireNonNullElse;

import dev.berth.crds.Flavor;
import dev.berth.crds.FlavorStatus;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.SchedulerUnreachable;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the scheduler the catalog when it changes and when a leader is found, and writes each
 * flavor in words into its status. Changes that come together are told together.
 */
public final class FlavorPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(FlavorPublisher.class);
  private static final Duration GATHER = Duration.ofMillis(300);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final PatchContext STATUS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("berth-operator")
          .withForce(true)
          .build();

  private final FlavorInformer flavors;
  private final Placements scheduler;
  private final KubernetesClient client;
  private final ScheduledExecutorService executor;
  private final AtomicBoolean pending = new AtomicBoolean();

  public FlavorPublisher(
      FlavorInformer flavors,
      Placements scheduler,
      KubernetesClient client,
      ScheduledExecutorService executor) {
    this.flavors = flavors;
    this.scheduler = scheduler;
    this.client = client;
    this.executor = executor;
  }

  /** Publishes soon; safe to call often. */
  public void soon() {
    after(GATHER);
  }

  private void after(Duration delay) {
    if (pending.compareAndSet(false, true)) {
      executor.schedule(this::publish, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void publish() {
    pending.set(false);
    try {
      scheduler.publish(flavors.all());
      LOG.atInfo().addKeyValue("flavors", flavors.all().size()).log("Catalog published.");
    } catch (SchedulerUnreachable e) {
      // The watch publishes again when a leader is found.
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("Catalog not published.");
    }
    describeAll();
  }

  private void describeAll() {
    try {
      flavors.resources().forEach(this::describe);
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("Flavor status not written.");
      after(AGAIN);
    }
  }

  private void describe(Flavor flavor) {
    FlavorStatus words =
        FlavorWords.of(
            flavor.getSpec(), requireNonNullElse(flavor.getMetadata().getGeneration(), 0L));
    if (words.equals(flavor.getStatus())) {
      return;
    }
    Flavor bare = new Flavor();
    bare.getMetadata().setName(flavor.getMetadata().getName());
    bare.setStatus(words);
    client.resource(bare).subresource("status").patch(STATUS);
  }
}
