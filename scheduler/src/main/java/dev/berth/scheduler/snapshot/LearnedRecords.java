package dev.berth.scheduler.snapshot;

import dev.berth.api.scheduler.v1.SnapshotDurations;
import dev.berth.api.scheduler.v1.SnapshotMean;
import dev.berth.api.scheduler.v1.SnapshotPast;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.api.scheduler.v1.SnapshotReservation;
import dev.berth.api.scheduler.v1.SnapshotSpared;
import dev.berth.api.scheduler.v1.SnapshotSurvey;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.pack.SupplyDemand;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.reserve.Reservation;
import dev.berth.scheduler.core.time.Durations;
import dev.berth.scheduler.core.time.Means;
import dev.berth.scheduler.core.time.Sketch;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.Shapes;
import java.util.ArrayList;
import java.util.List;

/**
 * What decisions depend on beside placements: the past of queues and owners, run times,
 * reservations, and what placements are ranked by. Bounded, so it is made at once.
 */
final class LearnedRecords {
  private final List<SnapshotRecord> records = new ArrayList<>();

  private LearnedRecords() {}

  static List<SnapshotRecord> of(State state) {
    LearnedRecords learned = new LearnedRecords();
    Durations durations = state.outlook().durations();
    state.book().history().forEach(learned::past);
    state.book().spared().forEach(learned::spared);
    durations.sketches().forEach(learned::sketch);
    durations.means().byKey().forEach(learned::mean);
    state.outlook().reservations().forEach(learned::reservation);
    learned.survey(state.supplyDemand());
    return learned.records;
  }

  private void past(QuotaKey key, Past past) {
    SnapshotPast.Builder wire =
        SnapshotPast.newBuilder()
            .setNode(key.node())
            .setFlavor(key.flavor())
            .setMicros(past.micros())
            .setAtUnixNanos(past.atNanos());
    records.add(SnapshotRecord.newBuilder().setPast(wire).build());
  }

  private void spared(String owner, long atNanos) {
    SnapshotSpared.Builder wire =
        SnapshotSpared.newBuilder().setOwner(owner).setAtUnixNanos(atNanos);
    records.add(SnapshotRecord.newBuilder().setSpared(wire).build());
  }

  private void sketch(String key, Sketch sketch) {
    SnapshotDurations.Builder wire =
        SnapshotDurations.newBuilder()
            .setKey(key)
            .putAllCounts(sketch.counts())
            .setTotal(sketch.total())
            .setMin(sketch.min())
            .setMax(sketch.max());
    records.add(SnapshotRecord.newBuilder().setDurations(wire).build());
  }

  private void mean(String key, Means.Mean mean) {
    SnapshotMean.Builder wire =
        SnapshotMean.newBuilder().setKey(key).setSeconds(mean.seconds()).setCount(mean.count());
    records.add(SnapshotRecord.newBuilder().setMean(wire).build());
  }

  private void reservation(Reservation reservation) {
    SnapshotReservation.Builder wire =
        SnapshotReservation.newBuilder()
            .setHolder(Placements.write(reservation.holder()))
            .setStartUnixNanos(reservation.startNanos())
            .setEndUnixNanos(reservation.endNanos())
            .addAllLeases(reservation.leases().stream().map(Placements::write).toList())
            .addAllEndingLeases(reservation.ending().stream().sorted().toList());
    records.add(SnapshotRecord.newBuilder().setReservation(wire).build());
  }

  private void survey(SupplyDemand known) {
    SnapshotSurvey.Builder wire =
        SnapshotSurvey.newBuilder()
            .setSinceUnixNanos(known.sinceNanos())
            .setGiven(known.given())
            .setTurning(known.turning());
    known
        .mix()
        .entries()
        .forEach(e -> wire.addMixBuilder().setShape(Shapes.write(e.shape())).setWeight(e.weight()));
    for (SupplyDemand.Supply supply : known.supplies()) {
      wire.addSuppliesBuilder()
          .setCpuMilli(supply.cpuMilli())
          .setMemoryMib(supply.memoryMib())
          .addAllCards(supply.cards())
          .setNodes(supply.nodes());
    }
    records.add(SnapshotRecord.newBuilder().setSurvey(wire).build());
  }
}
