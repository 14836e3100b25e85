package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.scheduler.v1.PlanDefragmentationRequest;
import dev.berth.api.scheduler.v1.PlanDefragmentationResponse;
import dev.berth.api.scheduler.v1.ReserveMovesResponse;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.Defrag;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.defrag.Goal;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.repack.Repack;
import dev.berth.scheduler.wire.Moves;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.Shapes;
import io.grpc.Status;
import java.util.List;

/** Plans of moves, and taking their targets. */
final class Defragmentation {
  private Defragmentation() {}

  static PlanDefragmentationResponse plan(
      State state, PlanDefragmentationRequest request, long now) {
    Budget budget = request.hasBudget() ? Moves.read(request.getBudget()) : Budget.DEFAULT;
    Goal goal = goal(state, request);
    DefragPlan plan = Defrag.plan(state, goal, budget, now);
    return Moves.write(
        plan instanceof DefragPlan.NotFound && goal instanceof Goal.Admit(Request admitted)
            ? chained(state, admitted, budget, plan, now)
            : plan);
  }

  /** Moves that follow each other, where moves to what is free now do not do. */
  private static DefragPlan chained(
      State state, Request request, Budget budget, DefragPlan otherwise, long now) {
    DefragPlan chain = new Repack().plan(state, request, budget, now);
    return chain instanceof DefragPlan.NotFound ? otherwise : chain;
  }

  private static Goal goal(State state, PlanDefragmentationRequest request) {
    return switch (request.getGoalCase()) {
      case PLACEMENT_ID -> new Goal.Admit(Reads.known(state, request.getPlacementId()).request());
      case REQUEST -> new Goal.Admit(Shapes.read(request.getRequest()));
      case FREE_NODES ->
          new Goal.FreeNodes(request.getFreeNodes().getModel(), request.getFreeNodes().getCount());
      case GOAL_NOT_SET ->
          throw Refusals.of(
              Status.INVALID_ARGUMENT,
              ReasonCode.INVALID_SHAPE,
              "PlanDefragmentation got no goal; give a placement_id, a request or free_nodes.");
    };
  }

  static ReserveMovesResponse reserved(List<Effect> effects) {
    ReserveMovesResponse.Builder response = ReserveMovesResponse.newBuilder();
    for (Effect effect : effects) {
      if (effect instanceof Effect.MovesReserved reserved) {
        reserved.targets().forEach(target -> response.addTargets(Placements.write(target)));
      } else if (effect instanceof Effect.MovesRefused refused) {
        response.setMessage(
            "The plan is out of date at placement %s, node '%s'; nothing was taken. Plan again."
                .formatted(refused.placementId(), refused.node()));
      }
    }
    return response.build();
  }
}
