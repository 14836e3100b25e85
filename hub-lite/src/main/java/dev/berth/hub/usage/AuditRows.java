package dev.berth.hub.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads what the audit needs within one transaction. */
final class AuditRows {
  // gpu-3-mig-1g-18gb-0 and gpu-3-share are parts of the card gpu-3, whose time the timeline tells.
  private static final String DEVICES =
      """
      select j.node, d.*,
        (select coalesce(sum(l.reported_held_nanos), 0) from lease l
         where l.journal_id = d.journal_id
           and exists (select 1 from unnest(l.devices) part where part = d.device or starts_with(part, d.device || '-mig-')
             or part = d.device || '-share')) as leased_nanos
      from device d join journal j using (journal_id)
      order by j.node, d.journal_id, d.device
      """;
  private static final String LEASES =
      """
      select j.node, l.*, exists (
          select 1 from price p where p.flavor = l.flavor and p.catalog_version = l.catalog_version) as priced
      from lease l join journal j using (journal_id)
      order by l.started_unix_nanos, l.journal_id, l.lease_id
      """;

  private final Handle handle;
  private final Map<LeaseKey, Amount> billed = new HashMap<>();

  AuditRows(Handle handle, List<UsageLine> lines) {
    this.handle = handle;
    lines.forEach(line -> billed.merge(line.lease(), Amount.of(line), Amount::plus));
  }

  Audit read() {
    long quarantined =
        handle.createQuery("select count(*) from quarantine").mapTo(Long.class).one();
    return Audit.of(
        handle.createQuery(DEVICES).map((row, context) -> device(row)).list(),
        handle.createQuery(LEASES).map((row, context) -> lease(row)).list(),
        quarantined);
  }

  private static Audit.Device device(ResultSet row) throws SQLException {
    return new Audit.Device(
        row.getString("node"),
        row.getString("device"),
        row.getString("model"),
        row.getLong("held_nanos"),
        row.getLong("idle_nanos"),
        row.getLong("draining_nanos"),
        row.getLong("unknown_nanos"),
        row.getLong("wall_nanos"),
        row.getLong("leased_nanos"),
        texts(row, "held_by"));
  }

  private Audit.Lease lease(ResultSet row) throws SQLException {
    LeaseKey key = new LeaseKey(row.getString("journal_id"), row.getString("lease_id"));
    Amount amount = billed.getOrDefault(key, Amount.NONE);
    return new Audit.Lease(
        row.getString("node"),
        key.leaseId(),
        row.getString("account"),
        row.getString("owner"),
        row.getString("flavor"),
        row.getString("catalog_version"),
        texts(row, "devices"),
        row.getLong("reported_held_nanos"),
        amount.heldNs(),
        row.getBoolean("reported_ended"),
        money(row, amount));
  }

  private static @Nullable Long money(ResultSet row, Amount amount) throws SQLException {
    return row.getBoolean("priced") ? amount.microUsd() : null;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
