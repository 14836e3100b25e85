package dev.berth.hub.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.metering.v1.UsageReport;
import dev.berth.hub.support.Reports;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Commits reports without a wire, for tests of what is read afterwards. */
public final class ReportSource {
  private final ReportLog log;

  public ReportSource(Jdbi database) {
    this.log = new PostgresReportLog(database, new LeaseMeter(Duration.ofSeconds(1)));
  }

  public void commit(String journal, long seq, long heldSeconds) {
    commit(Reports.report(journal, seq, heldSeconds));
  }

  /** The same, and the lease has ended. */
  public void end(String journal, long seq, long heldSeconds) {
    UsageReport.Builder report = Reports.report(journal, seq, heldSeconds);
    report.getLeasesBuilder(0).setEnded(true);
    commit(report);
  }

  private void commit(UsageReport.Builder report) {
    assertThat(log.commit(ProtoReports.toModel(report.build())).ackedSeq())
        .isEqualTo(report.getSeq());
  }
}
