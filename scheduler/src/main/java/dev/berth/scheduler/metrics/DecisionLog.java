package dev.berth.scheduler.metrics;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.leadership.DecisionObserver;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each thing that changed. */
public final class DecisionLog implements DecisionObserver {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

  @Override
  public void decided(State state, Event event, List<Effect> effects, long nanos) {
    effects.forEach(DecisionLog::log);
  }

  private static void log(Effect effect) {
    switch (effect) {
      case Effect.PlacementSaved saved -> log(saved.placement());
      case Effect.PlacementRemoved removed ->
          LOG.atInfo().addKeyValue("placement", removed.last().id()).log("Released.");
      case Effect.NodeSaved node ->
          LOG.atInfo().addKeyValue("node", node.node()).log("Inventory changed.");
      case Effect.NodeBecameReady node ->
          LOG.atInfo().addKeyValue("node", node.node()).log("Node ready.");
      case Effect.NodeBecameLost node ->
          LOG.atWarn().addKeyValue("node", node.node()).log("Node lost; its leases stay.");
      case Effect.FlavorsSaved flavors ->
          LOG.atInfo().addKeyValue("flavors", flavors.flavors().size()).log("Catalog published.");
      case Effect.QuotasSaved quotas ->
          LOG.atInfo()
              .addKeyValue("nodes", quotas.quotas().nodes().size())
              .log("Quotas published.");
      case Effect.PastSaved past -> {}
      case Effect.OwnerSpared owner ->
          LOG.atDebug().addKeyValue("owner", owner.owner()).log("Spared for a while.");
      case Effect.OwnerNotSpared owner -> {}
      case Effect.PlaceAnswered answered -> {
        if (answered.outcome() instanceof Outcome.Rejected rejected) {
          Reason reason = rejected.reasons().getFirst();
          LOG.atInfo()
              .addKeyValue("code", reason.code())
              .addKeyValue("reason", reason.message())
              .log("Rejected.");
        }
      }
      case Effect.LeaseRevoked revoked ->
          LOG.atDebug().addKeyValue("lease", revoked.leaseId()).log("Revoked.");
      case Effect.LeaseGranted granted -> {}
      case Effect.ReleaseAnswered answered -> {}
      case Effect.MovesReserved moves ->
          LOG.atInfo().addKeyValue("targets", moves.targets().size()).log("Moves reserved.");
      case Effect.MovesRefused refused ->
          LOG.atInfo()
              .addKeyValue("placement", refused.placementId())
              .addKeyValue("node", refused.node())
              .log("Moves refused: the plan is out of date.");
    }
  }

  private static void log(Placement placement) {
    switch (placement) {
      case Placement.Waiting waiting ->
          LOG.atInfo()
              .addKeyValue("placement", waiting.id())
              .addKeyValue("nominated", waiting.nomination() != null)
              .log("Waiting.");
      case Placement.Placed placed ->
          LOG.atInfo()
              .addKeyValue("placement", placed.id())
              .addKeyValue("leases", placed.leases().size())
              .addKeyValue("node", placed.leases().getFirst().node())
              .addKeyValue("device", placed.leases().getFirst().devices().getFirst().name())
              .log("Placed.");
      case Placement.Releasing releasing ->
          LOG.atInfo()
              .addKeyValue("placement", releasing.id())
              .addKeyValue("eviction", String.valueOf(releasing.eviction()))
              .log("Releasing.");
    }
  }
}
