package dev.berth.agent.location;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the labels of this node; what the configuration says goes before them. */
public final class KubernetesLocation implements LocationSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesLocation.class);

  private final Location configured;
  private final SharedIndexInformer<Node> informer;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch seen = new CountDownLatch(1);
  private volatile Location now;

  public KubernetesLocation(KubernetesClient client, String node, Location configured) {
    this.configured = configured;
    this.now = configured;
    this.informer = client.nodes().withField("metadata.name", node).runnableInformer(0);
    informer.addEventHandler(new Changes());
    informer.exceptionHandler((running, cause) -> true);
  }

  /**
   * Waits for the first look, but not longer: a node whose API server is away serves all the same.
   */
  public KubernetesLocation start(Duration patience) {
    informer.start();
    try {
      if (!seen.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn()
            .addKeyValue("location", now)
            .log("The labels of this node could not be read yet; its location may be unknown.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return this;
  }

  @Override
  public Location now() {
    return now;
  }

  @Override
  public void onChange(Runnable changed) {
    listeners.add(changed);
  }

  private void saw(Node node) {
    Map<String, String> labels =
        requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
    Location before = now;
    now = NodeLabels.location(labels).overriddenBy(configured);
    seen.countDown();
    if (!now.equals(before)) {
      LOG.atInfo().addKeyValue("location", now).log("The location of this node is known.");
      listeners.forEach(Runnable::run);
    }
  }

  private final class Changes implements ResourceEventHandler<Node> {
    @Override
    public void onAdd(Node node) {
      saw(node);
    }

    @Override
    public void onUpdate(Node before, Node node) {
      saw(node);
    }

    /** The node comes back, or this agent goes too. */
    @Override
    public void onDelete(Node node, boolean finalStateUnknown) {}
  }

  @Override
  public void close() {
    informer.close();
  }
}
