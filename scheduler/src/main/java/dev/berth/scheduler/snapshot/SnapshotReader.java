package dev.berth.scheduler.snapshot;

import dev.berth.api.scheduler.v1.SnapshotHeader;
import dev.berth.api.scheduler.v1.SnapshotNode;
import dev.berth.api.scheduler.v1.SnapshotPlacement;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.wire.Inventories;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.QuotaMessages;
import dev.berth.scheduler.wire.Shapes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records back to the state that they were made of. */
public final class SnapshotReader {
  private final Map<String, Inventory> inventories = new LinkedHashMap<>();
  private final List<SnapshotNode> nodes = new ArrayList<>();
  private final List<Placement> placements = new ArrayList<>();
  private final List<Flavor> flavors = new ArrayList<>();
  private final Learned learned = new Learned();
  private Quotas quotas = Quotas.NONE;
  private @Nullable SnapshotHeader header;
  private long records;
  private boolean whole;

  private SnapshotReader() {}

  /** Throws {@link SnapshotException} when the version is not understood or records are missing. */
  public static Snapshot read(Iterator<SnapshotRecord> records) {
    SnapshotReader reader = new SnapshotReader();
    while (records.hasNext()) {
      reader.add(records.next());
    }
    return reader.snapshot();
  }

  private void add(SnapshotRecord record) {
    if ((records == 0) != record.hasHeader() || whole) {
      throw new SnapshotException(
          "Record %d is %s; expected one header first and the end last"
              .formatted(records, record.getRecordCase()));
    }
    switch (record.getRecordCase()) {
      case HEADER -> header(record.getHeader());
      case NODE -> node(record.getNode());
      case PLACEMENT -> placements.add(placement(record.getPlacement()));
      case FLAVOR -> flavors.add(Shapes.read(record.getFlavor()));
      case QUOTAS -> quotas = QuotaMessages.read(record.getQuotas());
      case PAST -> learned.past(record.getPast());
      case SPARED -> learned.spared(record.getSpared());
      case DURATIONS -> learned.durations(record.getDurations());
      case MEAN -> learned.mean(record.getMean());
      case RESERVATION -> learned.reservation(record.getReservation());
      case SURVEY -> learned.survey(record.getSurvey());
      case END -> end(record.getEnd().getRecords());
      case REQUEST, RECORD_NOT_SET ->
          throw new SnapshotException("Record " + records + " is no part of a snapshot");
    }
    records++;
  }

  private void header(SnapshotHeader read) {
    if (read.getVersion() != SnapshotWriter.VERSION) {
      throw new SnapshotException(
          "The snapshot has version %d, this program reads %d"
              .formatted(read.getVersion(), SnapshotWriter.VERSION));
    }
    header = read;
  }

  private void node(SnapshotNode node) {
    nodes.add(node);
    inventories.put(node.getName(), Inventories.read(node.getInventory()));
  }

  private static Placement placement(SnapshotPlacement wire) {
    Placement placement = Placements.read(wire.getPlacement());
    return placement instanceof Placement.Releasing releasing
        ? new Placement.Releasing(
            releasing.placed(), Set.copyOf(wire.getPendingLeasesList()), releasing.eviction())
        : placement;
  }

  private void end(long counted) {
    if (counted != records) {
      throw new SnapshotException(
          "The snapshot had %d records, %d arrived; take it again".formatted(counted, records));
    }
    whole = true;
  }

  private Snapshot snapshot() {
    SnapshotHeader first = header;
    if (first == null || !whole) {
      throw new SnapshotException("The snapshot is cut off after %d records".formatted(records));
    }
    State restored = State.restore(first.getEpoch(), inventories, placements, flavors);
    State state = learned.in(restored, quotas, first);
    for (SnapshotNode wire : nodes) {
      Node node = state.nodes().get(wire.getName());
      if (node != null) {
        Node seen = node.seen(wire.getLastSeenUnixNanos());
        state =
            state.withNodes(
                state.nodes().with(wire.getName(), wire.getReady() ? seen : seen.lost()));
      }
    }
    return new Snapshot(
        state.withRetry(first.getRetry()),
        first.getTakenUnixNanos(),
        first.getNodeTimeoutNanos(),
        first.getReservations(),
        QueueOrder.valueOf(first.getQueueOrder()));
  }
}
