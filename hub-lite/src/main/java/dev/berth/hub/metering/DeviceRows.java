package dev.berth.hub.metering;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The last timeline totals of each device of a journal. */
final class DeviceRows {
  private static final String UPSERT =
      """
      insert into device (journal_id, device, model, held_nanos, idle_nanos, draining_nanos, unknown_nanos,
        wall_nanos, held_by)
      values (:journal, :device, :model, :heldNanos, :idleNanos, :drainingNanos, :unknownNanos, :wallNanos, :holders)
      on conflict (journal_id, device) do update set
        model = excluded.model, held_nanos = excluded.held_nanos, idle_nanos = excluded.idle_nanos,
        draining_nanos = excluded.draining_nanos, unknown_nanos = excluded.unknown_nanos,
        wall_nanos = excluded.wall_nanos, held_by = excluded.held_by
      """;

  private DeviceRows() {}

  static void replace(Handle handle, String journalId, List<DeviceTotals> devices) {
    if (devices.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(UPSERT);
    for (DeviceTotals device : devices) {
      batch
          .bindMethods(device)
          .bind("journal", journalId)
          .bindArray("holders", String.class, device.heldBy())
          .add();
    }
    batch.execute();
  }
}
