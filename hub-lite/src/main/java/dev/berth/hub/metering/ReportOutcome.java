package dev.berth.hub.metering;

import java.util.List;

/** What became of a report. {@code ackedSeq}: every report up to it is committed. */
public sealed interface ReportOutcome {
  long ackedSeq();

  /** Committed now; refused lines went to quarantine and are not billed. */
  record Applied(long ackedSeq, List<Verdict.Refused> refused) implements ReportOutcome {}

  /** Committed before with the same content; nothing changed. */
  record Repeated(long ackedSeq) implements ReportOutcome {}

  /** Committed before with another content; this one went to quarantine. */
  record Contradicted(long ackedSeq) implements ReportOutcome {}

  /** Reports before this one are missing; nothing changed, it must come again in order. */
  record Gap(long ackedSeq) implements ReportOutcome {}
}
