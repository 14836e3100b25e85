package dev.berth.hub.metering;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of one journal within the transaction of one of its reports. */
final class JournalRows {
  /** Hashes of this many last reports are kept; at one report in 2 s that is a day and a half. */
  private static final long KEPT_HASHES = 65_536;

  private final Handle handle;
  private final NodeReport report;

  JournalRows(Handle handle, NodeReport report) {
    this.handle = handle;
    this.report = report;
  }

  /** Locks the journal until the end of the transaction; the last committed sequence number. */
  long lock() {
    handle.execute(
        "insert into journal (journal_id, node) values (?, ?) on conflict do nothing",
        report.journalId(),
        report.node());
    return handle
        .createQuery("select acked_seq from journal where journal_id = :journal for update")
        .bind("journal", report.journalId())
        .mapTo(Long.class)
        .one();
  }

  void advance(byte[] hash) {
    handle.execute(
        "update journal set acked_seq = ?, wall_unix_nanos = ?, node = ? where journal_id = ?",
        report.seq(),
        report.wallUnixNanos(),
        report.node(),
        report.journalId());
    handle.execute(
        "insert into report (journal_id, seq, content_hash) values (?, ?, ?)",
        report.journalId(),
        report.seq(),
        hash);
    if (report.seq() % 1024 == 0) {
      handle.execute(
          "delete from report where journal_id = ? and seq <= ?",
          report.journalId(),
          report.seq() - KEPT_HASHES);
    }
  }

  byte @Nullable [] committedHash() {
    return handle
        .createQuery("select content_hash from report where journal_id = :journal and seq = :seq")
        .bind("journal", report.journalId())
        .bind("seq", report.seq())
        .mapTo(byte[].class)
        .findOne()
        .orElse(null);
  }

  void quarantineReport() {
    quarantine(
        "report " + report.seq(),
        "CONTRADICTS_COMMITTED",
        "Sequence number committed with another content");
  }

  void quarantineLine(LeaseLine line, Verdict.Refused refused) {
    quarantine("lease " + line.leaseId(), refused.reason().name(), refused.message());
  }

  private void quarantine(String about, String reason, String detail) {
    handle.execute(
        """
        insert into quarantine (journal_id, about, reason, first_seq, last_seq, detail, content)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (journal_id, about, reason)
        do update set last_seq = excluded.last_seq, detail = excluded.detail
        """,
        report.journalId(),
        about,
        reason,
        report.seq(),
        report.seq(),
        detail,
        report.content().toByteArray());
  }
}
