package dev.berth.hub.metering;

/** Where reports become usage, each exactly once. */
public interface ReportLog {
  /**
   * Durable when it returns: the mark of the report and its usage are committed together or not at
   * all.
   */
  ReportOutcome commit(NodeReport report);
}
