package dev.berth.scheduler.wire;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.Rejected;
import dev.berth.api.scheduler.v1.Waiting;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.eta.Eta;
import dev.berth.scheduler.core.model.Reason;
import java.util.List;

/** Answers and their reasons. */
public final class Outcomes {
  private Outcomes() {}

  public static PlaceResponse write(Outcome outcome) {
    PlaceResponse.Builder wire = PlaceResponse.newBuilder();
    return switch (outcome) {
      case Outcome.Placed placed -> wire.setPlaced(Placements.write(placed.placement())).build();
      case Outcome.Waiting waiting -> wire.setWaiting(write(waiting)).build();
      case Outcome.Rejected rejected ->
          wire.setRejected(Rejected.newBuilder().addAllReasons(write(rejected.reasons()))).build();
    };
  }

  public static Waiting write(Outcome.Waiting waiting) {
    return Waiting.newBuilder()
        .addAllReasons(write(waiting.reasons()))
        .setPosition(waiting.position())
        .build();
  }

  public static dev.berth.api.scheduler.v1.Eta write(Eta eta) {
    return dev.berth.api.scheduler.v1.Eta.newBuilder()
        .setLowUnixNanos(eta.lowNanos())
        .setLikelyUnixNanos(eta.likelyNanos())
        .setHighUnixNanos(eta.highNanos())
        .build();
  }

  private static List<dev.berth.api.common.v1.Reason> write(List<Reason> reasons) {
    return reasons.stream().map(Outcomes::write).toList();
  }

  public static dev.berth.api.common.v1.Reason write(Reason reason) {
    return dev.berth.api.common.v1.Reason.newBuilder()
        .setCode(ReasonCode.valueOf(reason.code().name()))
        .setMessage(reason.message())
        .setAsked(reason.asked())
        .setFree(reason.free())
        .setTotal(reason.total())
        .setUnit(reason.unit())
        .setResource(reason.resource())
        .setNodes(reason.nodes())
        .build();
  }
}
