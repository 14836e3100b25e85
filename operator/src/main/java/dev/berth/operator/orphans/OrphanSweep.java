package dev.berth.operator.orphans;

import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.SchedulerUnreachable;
import dev.berth.operator.workload.OwnerKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases placements whose owner is gone, as when somebody removed our finalizer by hand. The
 * placements are read before the owners: an owner is always older than its placements, so one that
 * is not listed after them does not exist any more.
 */
public final class OrphanSweep implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  private final PlacementBook book;
  private final Owners owners;
  private final Placements scheduler;
  private final OperatorMetrics metrics;

  public OrphanSweep(
      PlacementBook book, Owners owners, Placements scheduler, OperatorMetrics metrics) {
    this.book = book;
    this.owners = owners;
    this.scheduler = scheduler;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    List<Placement> placements =
        book.all().stream().filter(p -> !(p.state() instanceof Releasing)).toList();
    if (placements.isEmpty()) {
      return;
    }
    try {
      Set<OwnerKey> present = owners.present();
      placements.stream().filter(p -> !present.contains(p.id().owner())).forEach(this::release);
    } catch (KubernetesClientException | SchedulerUnreachable e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("Sweep put off.");
    } catch (RuntimeException e) {
      // Thrown out of a scheduled task it would end all later sweeps.
      LOG.atError().setCause(e).log("Sweep failed.");
    }
  }

  private void release(Placement placement) {
    if (scheduler.release(placement.id().toString())) {
      book.gone(placement.id());
    }
    metrics.orphanReleased();
    LOG.atWarn()
        .addKeyValue("placement", placement.id())
        .log("Released a placement whose owner is gone.");
  }
}
