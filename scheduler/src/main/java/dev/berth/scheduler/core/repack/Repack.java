package dev.berth.scheduler.core.repack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.NodeIndex;
import dev.berth.scheduler.core.pack.PlaceCost;
import dev.berth.scheduler.core.pack.Ranking;
import dev.berth.scheduler.core.pack.SupplyDemand;
import dev.berth.scheduler.core.reserve.Backfill;

/**
 * Plans room for a request of one member that fits nowhere, by moves that follow each other: unlike
 * in {@code Defrag} a move may lead to what an earlier one leaves. For one thread: it remembers
 * what places cost.
 */
public final class Repack {
  private SupplyDemand supplyDemand = SupplyDemand.UNKNOWN;
  private NodeIndex choosing = new NodeIndex(Ranking.by(SupplyDemand.UNKNOWN));
  private PlaceCost cost = new PlaceCost(Ranking.by(SupplyDemand.UNKNOWN));

  /** {@code now} is in unix nanoseconds. Changes nothing. */
  public DefragPlan plan(State state, Request request, Budget budget, long now) {
    rankBy(state.supplyDemand());
    OrderedMap<String, Node> fleet = Backfill.room(state, request.id());
    if (GangPlacer.place(choosing, fleet, request) instanceof Placer.Trial.Complete) {
      return new DefragPlan.NotNeeded();
    }
    if (!alone(request) || budget.maxMoves() < 1) {
      return new DefragPlan.NotFound(request.members().size(), 0, 0, budget.maxMoves());
    }
    long value = MoveCost.value(state, request);
    Movables movables = new Movables(state, budget, now);
    Chain.Limits limits =
        new Chain.Limits(budget.maxMoves(), MoveCost.mostMilliDevices(state, budget));
    Chain start = Chain.none(fleet, limits);
    return new Ejection(start, movables, choosing, cost, budget, value).plan(request);
  }

  /** What may stand on any node, for itself; regions and slices are left to others. */
  private static boolean alone(Request request) {
    return request.members().size() == 1
        && request.policy().regions().isEmpty()
        && !request.policy().topology().required()
        && !(request.members().getFirst().accelerator() instanceof Accelerator.TpuSlice);
  }

  private void rankBy(SupplyDemand now) {
    if (now != supplyDemand) {
      Ranking ranking = Ranking.by(now);
      supplyDemand = now;
      choosing = new NodeIndex(ranking);
      cost = new PlaceCost(ranking);
    }
  }
}
