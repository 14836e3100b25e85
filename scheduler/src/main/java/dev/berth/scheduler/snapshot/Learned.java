package dev.berth.scheduler.snapshot;

import dev.berth.api.scheduler.v1.SnapshotDurations;
import dev.berth.api.scheduler.v1.SnapshotHeader;
import dev.berth.api.scheduler.v1.SnapshotMean;
import dev.berth.api.scheduler.v1.SnapshotPast;
import dev.berth.api.scheduler.v1.SnapshotReservation;
import dev.berth.api.scheduler.v1.SnapshotSpared;
import dev.berth.api.scheduler.v1.SnapshotSurvey;
import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.pack.Mix;
import dev.berth.scheduler.core.pack.SupplyDemand;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.reserve.Outlook;
import dev.berth.scheduler.core.reserve.Reservation;
import dev.berth.scheduler.core.time.Durations;
import dev.berth.scheduler.core.time.Means;
import dev.berth.scheduler.core.time.Sketch;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link LearnedRecords} back to what they were made of. */
final class Learned {
  private OrderedMap<QuotaKey, Past> history = OrderedMap.empty();
  private OrderedMap<String, Long> spared = OrderedMap.empty();
  private OrderedMap<String, Sketch> sketches = OrderedMap.empty();
  private OrderedMap<String, Means.Mean> means = OrderedMap.empty();
  private final List<Reservation> reservations = new ArrayList<>();
  private SupplyDemand supplyDemand = SupplyDemand.UNKNOWN;

  void past(SnapshotPast wire) {
    history =
        history.with(
            new QuotaKey(wire.getNode(), wire.getFlavor()),
            new Past(wire.getMicros(), wire.getAtUnixNanos()));
  }

  void spared(SnapshotSpared wire) {
    spared = spared.with(wire.getOwner(), wire.getAtUnixNanos());
  }

  void durations(SnapshotDurations wire) {
    OrderedMap<Integer, Integer> counts = OrderedMap.empty();
    for (Map.Entry<Integer, Integer> count : wire.getCountsMap().entrySet()) {
      counts = counts.with(count.getKey(), count.getValue());
    }
    sketches =
        sketches.with(
            wire.getKey(), new Sketch(counts, wire.getTotal(), wire.getMin(), wire.getMax()));
  }

  void mean(SnapshotMean wire) {
    means = means.with(wire.getKey(), new Means.Mean(wire.getSeconds(), wire.getCount()));
  }

  void reservation(SnapshotReservation wire) {
    if (!(Placements.read(wire.getHolder()) instanceof Placement.Waiting holder)) {
      throw new SnapshotException(
          "The holder of a reservation, %s, is %s; expected one that waits"
              .formatted(wire.getHolder().getPlacementId(), wire.getHolder().getState()));
    }
    reservations.add(
        new Reservation(
            holder,
            wire.getStartUnixNanos(),
            wire.getEndUnixNanos(),
            wire.getLeasesList().stream().map(Placements::lease).toList(),
            Set.copyOf(wire.getEndingLeasesList())));
  }

  void survey(SnapshotSurvey wire) {
    supplyDemand =
        new SupplyDemand(
            new Mix(
                wire.getMixList().stream()
                    .map(e -> new Mix.Entry(Shapes.read(e.getShape()), e.getWeight()))
                    .toList()),
            wire.getSuppliesList().stream().map(Learned::supply).toList(),
            wire.getSinceUnixNanos(),
            wire.getGiven(),
            wire.getTurning());
  }

  private static SupplyDemand.Supply supply(SnapshotSurvey.Supply wire) {
    return new SupplyDemand.Supply(
        wire.getCpuMilli(), wire.getMemoryMib(), wire.getCardsList(), wire.getNodes());
  }

  /** The state under these quotas, with all that was learned. */
  State in(State state, Quotas quotas, SnapshotHeader header) {
    Durations durations = new Durations(sketches, new Means(means, header.getEnded()));
    return state
        .under(quotas, history, spared)
        .with(supplyDemand)
        .withOutlook(new Outlook(durations, reservations, header.getReservedUnixNanos()));
  }
}
