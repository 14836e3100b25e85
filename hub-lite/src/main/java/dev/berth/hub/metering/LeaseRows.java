package dev.berth.hub.metering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The leases of one journal and their days. */
final class LeaseRows {
  private static final String UPSERT =
      """
      insert into lease (journal_id, lease_id, epoch, account, owner, flavor, catalog_version, devices,
        started_unix_nanos, until_unix_nanos, held_nanos, ended, reported_held_nanos, reported_ended,
        busy_nanos, energy_millijoules)
      values (:journal, :leaseId, :epoch, :account, :owner, :flavor, :catalogVersion, :devices,
        :startedUnixNanos, :until, :held, :accepted and :ended, :heldNanos, :ended, :busyNanos, :energyMillijoules)
      on conflict (journal_id, lease_id) do update set
        reported_held_nanos = excluded.reported_held_nanos, reported_ended = excluded.reported_ended
      """;
  private static final String UPSERT_ACCEPTED =
      UPSERT
          + """
          , until_unix_nanos = excluded.until_unix_nanos, held_nanos = excluded.held_nanos,
            ended = excluded.ended, epoch = excluded.epoch, devices = excluded.devices,
            busy_nanos = excluded.busy_nanos, energy_millijoules = excluded.energy_millijoules
          """;
  private static final String ADD_DAY =
      """
      insert into usage_day (journal_id, lease_id, day, held_nanos) values (?, ?, ?, ?)
      on conflict (journal_id, lease_id, day)
      do update set held_nanos = usage_day.held_nanos + excluded.held_nanos
      """;

  private final Handle handle;
  private final String journalId;

  LeaseRows(Handle handle, String journalId) {
    this.handle = handle;
    this.journalId = journalId;
  }

  /** What is committed of those of {@code lines} that are known, by lease id. */
  Map<String, LeaseTotals> totals(List<LeaseLine> lines) {
    String[] ids = lines.stream().map(LeaseLine::leaseId).toArray(String[]::new);
    return handle
        .createQuery("select * from lease where journal_id = :journal and lease_id = any(:ids)")
        .bind("journal", journalId)
        .bindArray("ids", String.class, (Object[]) ids)
        .reduceResultSet(
            new HashMap<>(),
            (map, row, context) -> {
              map.put(row.getString("lease_id"), totals(row));
              return map;
            });
  }

  private static LeaseTotals totals(ResultSet row) throws SQLException {
    return new LeaseTotals(
        row.getString("account"),
        row.getString("owner"),
        row.getString("flavor"),
        row.getString("catalog_version"),
        row.getLong("held_nanos"),
        row.getLong("until_unix_nanos"),
        row.getBoolean("ended"));
  }

  void accept(LeaseLine line, List<HeldDay> added) {
    upsert(UPSERT_ACCEPTED, line, true);
    for (HeldDay day : added) {
      handle.execute(ADD_DAY, journalId, line.leaseId(), day.day(), day.heldNanos());
    }
  }

  /** Remembers what was said without billing it, so that the audit shows the difference. */
  void refuse(LeaseLine line) {
    upsert(UPSERT, line, false);
  }

  private void upsert(String sql, LeaseLine line, boolean accepted) {
    handle
        .createUpdate(sql)
        .bindMethods(line)
        .bindArray("devices", String.class, line.devices())
        .bind("journal", journalId)
        .bind("accepted", accepted)
        .bind("until", accepted ? line.untilUnixNanos() : 0)
        .bind("held", accepted ? line.heldNanos() : 0)
        .execute();
  }
}
