package dev.berth.agent.turns.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.turns.core.Book;
import dev.berth.agent.turns.core.EndReason;
import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnFact;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.TurnRequest;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.QuotaRules.TierRule;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.turns.model.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTurnJournalIT {
  private static final ProcessId PID = new ProcessId(41, 7);
  private static final ProcessId PID2 = new ProcessId(42, 8);
  private static final Reservation RESERVATION =
      new Reservation(List.of(new Reservation.Part("d1", 50, 1)));

  /** One of each kind. */
  private static final List<TurnFact> FACTS =
      List.of(
          new TurnFact.Booted("b"),
          new TurnFact.SeatOpened(new Seat("l1", "c1", "ann/a", "pod")),
          new TurnFact.SeatOpened(new Seat("l2", "c2", "ann/b", "")),
          new TurnFact.DeviceSeen(0, 2),
          new TurnFact.SizeSeen("l1", "f", Size.XLARGE),
          new TurnFact.PolicyHeard(new QuotaRules(Map.of("pro", new TierRule(4, 600)))),
          new TurnFact.DrawAsked(new Draw("d1", "ann", "pro", 1, 2, 4)),
          new TurnFact.AllowanceGiven(Allowance.drawn("d1", "ann", 100, 4, 900, 1)),
          new TurnFact.DrawAsked(new Draw("d2", "ann", "pro", 1, 2, 4)),
          new TurnFact.DrawDenied("d2"),
          new TurnFact.DrawAsked(new Draw("d3", "ann", "pro", 1, 2, 4)),
          held("t1", 0),
          new TurnFact.Granted("t1", 10, 20, null),
          new TurnFact.Allowed("t1", PID, 11),
          new TurnFact.Allowed("t1", PID2, 12),
          new TurnFact.WorkerEnding(PID),
          new TurnFact.WorkerGone(PID),
          new TurnFact.Ended(record("t1"), 15),
          new TurnFact.Freed("t1", 16),
          new TurnFact.Charged("ann", 4, 9, 2),
          held("t2", 0),
          new TurnFact.Granted("t2", 17, 21, PID2),
          held("t3", 1),
          new TurnFact.AllowanceGiven(Allowance.drawn("d4", "bob", 100, 4, 900, 1)),
          new TurnFact.AllowanceClosed("d4"),
          new TurnFact.AllowanceGiven(Allowance.drawn("d5", "bob", 100, 4, 900, 1)),
          new TurnFact.AllowanceForgotten("d5"),
          new TurnFact.SeatClosed("l2"),
          new TurnFact.AppStarted("l2"));

  @TempDir Path dir;

  private static TurnFact held(String id, int device) {
    TurnRequest request = new TurnRequest(id, "l1", "ann/a", "ann", "pro", "f", Size.LARGE, 50);
    return new TurnFact.Held(request, RESERVATION, List.of(device), 3, 4);
  }

  private static TurnRecord record(String id) {
    return new TurnRecord(
        id, "ann", "ann/a", List.of(0), false, 1, 2, 3, 15, 4, 5, 50, 5, EndReason.DONE);
  }

  private static Book expected() {
    Book book = Book.EMPTY;
    for (TurnFact fact : FACTS) {
      book = book.with(fact);
    }
    return book;
  }

  private Book reopened() {
    FileTurnJournal.Opened opened = FileTurnJournal.open(dir);
    opened.journal().close();
    return opened.book();
  }

  private void written() {
    FileTurnJournal.Opened opened = FileTurnJournal.open(dir);
    assertThat(opened.book()).isEqualTo(Book.EMPTY);
    opened.journal().append(FACTS.subList(0, 5));
    opened.journal().append(FACTS.subList(5, FACTS.size()));
    opened.journal().sync();
    opened.journal().close();
  }

  @Test
  void everyKindOfFactIsReadAgainAlsoFromASnapshot() {
    written();
    assertThat(reopened()).isEqualTo(expected());
    assertThat(reopened()).isEqualTo(expected());
    assertThat(FACTS.stream().map(Object::getClass).distinct())
        .hasSameSizeAs(TurnFact.class.getPermittedSubclasses());
  }

  @Test
  void aStepThatWasTornByACrashIsGoneWhole() throws IOException {
    written();
    Path file = dir.resolve("turns.journal");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    Book before = Book.EMPTY;
    for (TurnFact fact : FACTS.subList(0, 5)) {
      before = before.with(fact);
    }
    assertThat(reopened()).isEqualTo(before);
    assertThat(dir.resolve("turns.journal.bad")).doesNotExist();
  }

  @Test
  void whatIsDamagedIsKeptAside() throws IOException {
    written();
    Path file = dir.resolve("turns.journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, StandardOpenOption.APPEND);
    reopened();
    assertThat(dir.resolve("turns.journal.bad")).exists();
  }

  @Test
  void aCompactedJournalGoesOn() {
    FileTurnJournal.Opened opened = FileTurnJournal.open(dir);
    opened.journal().append(FACTS.subList(0, 12));
    Book half = Book.EMPTY;
    for (TurnFact fact : FACTS.subList(0, 12)) {
      half = half.with(fact);
    }
    opened.journal().compact(half);
    opened.journal().append(FACTS.subList(12, FACTS.size()));
    opened.journal().close();
    assertThat(reopened()).isEqualTo(expected());
  }
}
