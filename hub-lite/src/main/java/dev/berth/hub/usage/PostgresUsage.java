package dev.berth.hub.usage;

import dev.berth.hub.metering.HeldDay;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed usage and rates it; nothing derived is stored, so re-rating is the only way to
 * read.
 */
public final class PostgresUsage implements Usage {
  // Days before `from` are read too: what their rounding carried belongs to the lines after.
  private static final String DAYS =
      """
      select d.journal_id, d.lease_id, d.day, d.held_nanos, l.account, l.owner, l.flavor, l.catalog_version,
        p.micro_usd_per_hour
      from usage_day d
      join lease l using (journal_id, lease_id)
      left join price p using (flavor, catalog_version)
      where (cast(:account as text) is null or l.account = :account)
        and (cast(:to as date) is null or d.day <= :to)
        and (cast(:from as date) is null or l.until_unix_nanos >= extract(epoch from cast(:from as date)) * 1000000000)
      order by d.journal_id, d.lease_id, d.day
      """;

  private final Jdbi jdbi;

  public PostgresUsage(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<UsageLine> lines(UsageFilter filter) {
    return jdbi.withHandle(handle -> lines(handle, filter));
  }

  @Override
  public Audit audit() {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> new AuditRows(handle, lines(handle, UsageFilter.ALL)).read());
  }

  private static List<UsageLine> lines(Handle handle, UsageFilter filter) {
    return leases(handle, filter).stream()
        .flatMap(lease -> lease.lines().stream())
        .filter(filter::includes)
        .toList();
  }

  private static List<LeaseDays> leases(Handle handle, UsageFilter filter) {
    Map<LeaseKey, LeaseDays> found =
        handle
            .createQuery(DAYS)
            .bind("account", filter.account())
            .bind("from", date(filter.from()))
            .bind("to", date(filter.to()))
            .reduceResultSet(
                new LinkedHashMap<>(),
                (leases, row, context) -> {
                  leases.computeIfAbsent(key(row), key -> lease(key, row)).days().add(day(row));
                  return leases;
                });
    return List.copyOf(found.values());
  }

  private static @Nullable Date date(@Nullable LocalDate day) {
    return day == null ? null : Date.valueOf(day);
  }

  private static LeaseKey key(ResultSet row) throws SQLException {
    return new LeaseKey(row.getString("journal_id"), row.getString("lease_id"));
  }

  private static HeldDay day(ResultSet row) throws SQLException {
    return new HeldDay(row.getObject("day", LocalDate.class), row.getLong("held_nanos"));
  }

  private static LeaseDays lease(LeaseKey key, ResultSet row) {
    try {
      return new LeaseDays(
          key,
          row.getString("account"),
          row.getString("owner"),
          row.getString("flavor"),
          row.getString("catalog_version"),
          row.getObject("micro_usd_per_hour", Long.class),
          new ArrayList<>());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
