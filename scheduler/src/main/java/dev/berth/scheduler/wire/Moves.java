package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.MoveBudget;
import dev.berth.api.scheduler.v1.MoveVerdict;
import dev.berth.api.scheduler.v1.PlanDefragmentationResponse;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.defrag.Move;
import java.util.List;

/** Moves and plans of them. */
public final class Moves {
  private Moves() {}

  public static Budget read(MoveBudget wire) {
    return new Budget(
        wire.getMaxMoves(),
        wire.getMaxDevicePermille(),
        wire.getRestartNanos(),
        wire.getRecentNanos(),
        wire.getHorizonNanos(),
        wire.getWorthPermille());
  }

  public static List<Move> read(List<dev.berth.api.scheduler.v1.Move> wire) {
    return wire.stream()
        .map(
            m ->
                new Move(
                    m.getPlacementId(),
                    m.getMember(),
                    Placements.lease(m.getFrom()),
                    Placements.lease(m.getTo()),
                    m.getCostDeviceMillis()))
        .toList();
  }

  public static PlanDefragmentationResponse write(DefragPlan plan) {
    PlanDefragmentationResponse.Builder wire = PlanDefragmentationResponse.newBuilder();
    return switch (plan) {
      case DefragPlan.Moves moves ->
          wire.setVerdict(MoveVerdict.WORTH_IT)
              .addAllMoves(moves.moves().stream().map(Moves::write).toList())
              .addAllFreedNodes(moves.freed())
              .setValueDeviceMillis(moves.value())
              .setCostDeviceMillis(moves.cost())
              .setInOrder(moves.inOrder())
              .setMessage(
                  "%d moves%s."
                      .formatted(
                          moves.moves().size(), moves.inOrder() ? ", one after the other" : ""))
              .build();
      case DefragPlan.NotWorth not ->
          wire.setVerdict(MoveVerdict.NOT_WORTH_IT)
              .setValueDeviceMillis(not.value())
              .setCostDeviceMillis(not.cost())
              .setMessage(
                  "%d moves would do, but their value of %d device-milliseconds is below %d permille of their cost of %d."
                      .formatted(not.moves(), not.value(), not.worthPermille(), not.cost()))
              .build();
      case DefragPlan.NotFound not ->
          wire.setVerdict(MoveVerdict.NOT_FOUND_IN_BUDGET)
              .setMessage(
                  "Found %d of %d with %d moves (at most %d); raise the budget or make more placements preemptible."
                      .formatted(not.reached(), not.asked(), not.moves(), not.maxMoves()))
              .build();
      case DefragPlan.NotNeeded not ->
          wire.setVerdict(MoveVerdict.NOT_NEEDED).setMessage("It fits without a move.").build();
    };
  }

  private static dev.berth.api.scheduler.v1.Move write(Move move) {
    return dev.berth.api.scheduler.v1.Move.newBuilder()
        .setPlacementId(move.placementId())
        .setMember(move.member())
        .setFrom(Placements.write(move.from()))
        .setTo(Placements.write(move.to()))
        .setCostDeviceMillis(move.cost())
        .build();
  }
}
