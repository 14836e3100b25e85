package dev.berth.scheduler.snapshot;

import dev.berth.api.scheduler.v1.SnapshotEnd;
import dev.berth.api.scheduler.v1.SnapshotHeader;
import dev.berth.api.scheduler.v1.SnapshotNode;
import dev.berth.api.scheduler.v1.SnapshotPlacement;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.wire.Inventories;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.QuotaMessages;
import dev.berth.scheduler.wire.Shapes;
import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot as records: header, nodes, placements, flavors, quotas, what was learned, end; made
 * one by one as they go.
 */
public final class SnapshotWriter {
  static final int VERSION = 2;

  private SnapshotWriter() {}

  public static Stream<SnapshotRecord> records(Snapshot snapshot) {
    State state = snapshot.state();
    List<SnapshotRecord> learned = LearnedRecords.of(state);
    long records =
        2L
            + state.nodes().size()
            + state.placements().size()
            + state.flavors().size()
            + learned.size();
    return Stream.of(
            Stream.of(header(snapshot)),
            state.nodes().values().stream().map(SnapshotWriter::node),
            state.placements().values().stream().map(SnapshotWriter::placement),
            state.flavors().stream()
                .map(f -> SnapshotRecord.newBuilder().setFlavor(Shapes.write(f)).build()),
            Stream.of(
                SnapshotRecord.newBuilder()
                    .setQuotas(QuotaMessages.write(state.book().tree().quotas()))
                    .build()),
            learned.stream(),
            Stream.of(
                SnapshotRecord.newBuilder()
                    .setEnd(SnapshotEnd.newBuilder().setRecords(records))
                    .build()))
        .flatMap(part -> part);
  }

  private static SnapshotRecord header(Snapshot snapshot) {
    SnapshotHeader.Builder header =
        SnapshotHeader.newBuilder()
            .setVersion(VERSION)
            .setEpoch(snapshot.state().epoch())
            .setTakenUnixNanos(snapshot.takenNanos())
            .setNodeTimeoutNanos(snapshot.nodeTimeoutNanos())
            .setRetry(snapshot.state().retry())
            .setReservations(snapshot.reservations())
            .setQueueOrder(snapshot.order().name())
            .setReservedUnixNanos(snapshot.state().outlook().madeNanos())
            .setEnded(snapshot.state().outlook().durations().means().ended());
    return SnapshotRecord.newBuilder().setHeader(header).build();
  }

  private static SnapshotRecord node(Node node) {
    SnapshotNode.Builder wire =
        SnapshotNode.newBuilder()
            .setName(node.name())
            .setInventory(Inventories.write(node.inventory()))
            .setReady(node.ready())
            .setLastSeenUnixNanos(node.lastSeenNanos());
    return SnapshotRecord.newBuilder().setNode(wire).build();
  }

  private static SnapshotRecord placement(Placement placement) {
    SnapshotPlacement.Builder wire =
        SnapshotPlacement.newBuilder().setPlacement(Placements.write(placement));
    if (placement instanceof Placement.Releasing releasing) {
      wire.addAllPendingLeases(releasing.pending().stream().sorted().toList());
    }
    return SnapshotRecord.newBuilder().setPlacement(wire).build();
  }
}
