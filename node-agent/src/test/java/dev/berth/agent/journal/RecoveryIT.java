package dev.berth.agent.journal;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import dev.berth.agent.core.Reports;
import dev.berth.agent.runtime.AgentLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryIT {
  @TempDir Path dir;
  private final AtomicLong mono = new AtomicLong(1_000);
  private final AtomicInteger ids = new AtomicInteger();

  private Moment now() {
    return new Moment(mono.get(), 1_800_000_000_000_000_000L + mono.get());
  }

  private Recovery.Opened open() {
    return new Recovery(dir, () -> "journal-" + ids.incrementAndGet()).open(now());
  }

  private AgentLedger ledger(Recovery.Opened opened) {
    return new AgentLedger(opened.state(), opened.journal(), this::now);
  }

  private Path file() throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(f -> f.toString().endsWith(".journal")).findFirst().orElseThrow();
    }
  }

  private AgentState written(AgentLedger ledger) {
    ledger.record(new Event.Booted("boot"));
    ledger.record(new Event.DevicesSeen(Map.of("gpu-0", "T4-16")));
    ledger.record(new Event.EpochSeen(7));
    ledger.record(new Event.LeasePrepared(grant("a#0", 7, whole(0)), claim("u", whole(0))));
    mono.addAndGet(500);
    ledger.record(new Event.ReportEmitted(Reports.next(ledger.now(), Map.of())));
    return ledger.now();
  }

  @Test
  void theSameStateComesBackAfterAKill() throws IOException {
    // Given: never closed, as after kill -9
    AgentState before = written(ledger(open()));

    // When
    Recovery.Opened again = open();

    // Then
    assertThat(again.state()).isEqualTo(before);
    assertThat(again.state().journalId()).isEqualTo("journal-1");
  }

  @Test
  void aTornLastRecordIsCutOffAndWritingGoesOn() throws IOException {
    // Given
    AgentState before = written(ledger(open()));
    Files.write(file(), new byte[] {0, 0, 0, 40, 1, 2, 3}, StandardOpenOption.APPEND);

    // When
    AgentLedger ledger = ledger(open());
    ledger.record(new Event.ReportsAcked(1));

    // Then
    assertThat(before.ackedSeq()).isZero();
    assertThat(open().state().ackedSeq()).isEqualTo(1);
    assertThat(open().state().journalId()).isEqualTo("journal-1");
  }

  @Test
  void damageInsideRenewsTheJournalAndKeepsTheBadFile() throws IOException {
    // Given
    AgentLedger ledger = ledger(open());
    written(ledger);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 200] ^= 4;
    Files.write(file(), bytes);

    // When
    Recovery.Opened again = open();

    // Then
    assertThat(again.state().journalId()).isNotEqualTo("journal-1");
    assertThat(again.state().lastSeq()).isZero();
    try (var files = Files.list(dir)) {
      assertThat(files.map(Path::toString)).anyMatch(f -> f.endsWith(".bad"));
    }
    assertThat(open().state()).isEqualTo(again.state());
  }

  @Test
  void compactionKeepsTheStateInOneNewFile() throws IOException {
    // Given
    Recovery.Opened opened = open();
    AgentLedger ledger = ledger(opened);
    AgentState before = written(ledger);
    Path first = file();

    // When
    opened.journal().compact(ledger.now(), now());

    // Then
    assertThat(first).doesNotExist();
    assertThat(open().state()).isEqualTo(before);
  }

  @Test
  void aFileWithoutAStartIsKeptAsideAndANewJournalBegins() throws IOException {
    Files.write(dir.resolve("usage-00000004.journal"), new byte[] {9, 9, 9});
    assertThat(open().state()).isEqualTo(AgentState.empty("journal-2"));
    assertThat(file()).hasFileName("usage-00000001.journal");
  }

  @Test
  void oneDirectoryOneAgent() throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(dir)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.acquire(dir))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(dir.toString());
    }
  }

  @Test
  void aJournalThatCannotBeWrittenAnswersNobody() {
    // Given
    Recovery.Opened opened = open();
    AgentLedger ledger = ledger(opened);
    opened.journal().close();

    // When // Then
    assertThatThrownBy(() -> ledger.record(new Event.Checkpoint()))
        .isInstanceOf(JournalException.class);
    assertThat(ledger.failed()).isTrue();
    assertThatThrownBy(() -> opened.journal().append(List.of(new Event.Checkpoint()), now()))
        .hasMessageContaining("failed before");
  }
}
