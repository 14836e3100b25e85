package dev.berth.hub.metering;

import dev.berth.hub.metering.Verdict.Accepted;
import dev.berth.hub.metering.Verdict.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Commits each report in one transaction, serialised by the row of its journal. */
public final class PostgresReportLog implements ReportLog {
  private final Jdbi jdbi;
  private final LeaseMeter meter;

  public PostgresReportLog(Jdbi jdbi, LeaseMeter meter) {
    this.jdbi = jdbi;
    this.meter = meter;
  }

  @Override
  public ReportOutcome commit(NodeReport report) {
    return jdbi.inTransaction(handle -> commit(new JournalRows(handle, report), handle, report));
  }

  private ReportOutcome commit(JournalRows journal, Handle handle, NodeReport report) {
    long acked = journal.lock();
    byte[] hash = sha256(report.content().toByteArray());
    if (report.seq() <= acked) {
      return repeat(journal, acked, hash);
    }
    if (report.seq() > acked + 1) {
      return new ReportOutcome.Gap(acked);
    }
    journal.advance(hash);
    List<Refused> refused = applyLeases(journal, new LeaseRows(handle, report.journalId()), report);
    DeviceRows.replace(handle, report.journalId(), report.devices());
    return new ReportOutcome.Applied(report.seq(), refused);
  }

  private static ReportOutcome repeat(JournalRows journal, long acked, byte[] hash) {
    // A hash that is no longer kept cannot be compared; cumulative totals make that harmless.
    byte[] committed = journal.committedHash();
    if (committed == null || MessageDigest.isEqual(committed, hash)) {
      return new ReportOutcome.Repeated(acked);
    }
    journal.quarantineReport();
    return new ReportOutcome.Contradicted(acked);
  }

  private List<Refused> applyLeases(JournalRows journal, LeaseRows rows, NodeReport report) {
    Map<String, LeaseTotals> before = rows.totals(report.leases());
    List<Refused> refusals = new ArrayList<>();
    for (LeaseLine line : report.leases()) {
      switch (meter.judge(before.get(line.leaseId()), line)) {
        case Accepted accepted -> rows.accept(line, accepted.added());
        case Refused refused -> {
          rows.refuse(line);
          journal.quarantineLine(line, refused);
          refusals.add(refused);
        }
      }
    }
    return List.copyOf(refusals);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
