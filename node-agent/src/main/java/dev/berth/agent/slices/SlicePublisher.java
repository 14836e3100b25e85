package dev.berth.agent.slices;

import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node's ResourceSlices as planned: at start, when devices or their health change, when a
 * kubelet registers the driver (it wipes slices when it starts and 30 s after it lost us), when
 * anyone changes them, and now and then.
 */
public final class SlicePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlicePublisher.class);
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Counter SYNCS =
      Counter.builder()
          .name("berth_agent_slice_syncs_total")
          .help("Comparisons of ResourceSlices with the plan by outcome (ok, failed).")
          .labelNames("outcome")
          .register();

  private final SliceStore store;
  private final SliceSync sync;
  private final Supplier<List<ResourceSliceSpec>> plan;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("slices").factory());
  private volatile boolean published;
  private boolean complained;

  public SlicePublisher(SliceStore store, String node, Supplier<List<ResourceSliceSpec>> plan) {
    this.store = store;
    this.sync = new SliceSync(store, node);
    this.plan = plan;
  }

  public void start() {
    var _ =
        executor.scheduleWithFixedDelay(this::trigger, 0, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    executor.execute(() -> store.watch(this::trigger));
  }

  /** Whether the slices were as planned when last looked at. */
  public boolean published() {
    return published;
  }

  /** Looks soon; several calls in a row look once. */
  public void trigger() {
    if (asked.compareAndSet(false, true)) {
      soon(SETTLE);
    }
  }

  private void soon(Duration wait) {
    try {
      var _ = executor.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("Slices are not looked at any more; the agent is stopping.");
    }
  }

  private void look() {
    asked.set(false);
    try {
      published = sync.sync(plan.get());
      SYNCS.labelValues("ok").inc();
      if (!published) {
        complain("The Node object does not exist yet");
      } else {
        complained = false;
        return;
      }
    } catch (RuntimeException e) {
      published = false;
      SYNCS.labelValues("failed").inc();
      complain(e.toString());
    }
    asked.set(true);
    soon(RETRY);
  }

  private void complain(String cause) {
    if (!complained) {
      LOG.atWarn()
          .addKeyValue("cause", cause)
          .log("ResourceSlices cannot be published yet; trying until they can.");
    }
    complained = true;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    store.close();
  }
}
