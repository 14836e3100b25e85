package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;

/** What a request takes of its queue's quota: one for each member, of its flavor. */
public record Charge(String queue, String flavor, long amount) {
  public static Charge of(Request request) {
    return new Charge(request.queue(), request.flavor(), request.members().size());
  }

  /** Devices count from the decision until every agent has drained them. */
  public static boolean charged(Placement placement) {
    return switch (placement) {
      case Placement.Waiting waiting -> false;
      case Placement.Placed placed -> true;
      case Placement.Releasing releasing -> true;
    };
  }

  public QuotaKey key() {
    return new QuotaKey(queue, flavor);
  }
}
