package dev.berth.agent.turns.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.turns.model.Device;
import dev.berth.turns.model.Size;
import dev.berth.turns.queue.QueuePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueRestoreTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TurnPolicy POLICY =
      new TurnPolicy(
          new QueuePolicy(SECOND, SECOND, 0, 0, 0, 0, 0, SECOND, 0, 0),
          600 * SECOND,
          600 * SECOND,
          SECOND,
          600 * SECOND,
          SECOND,
          600 * SECOND,
          0);

  private final List<TurnFact> journal = new ArrayList<>();
  private final List<String> granted = new ArrayList<>();
  private TurnsState state = TurnsState.of(POLICY, Book.EMPTY);
  private long now = SECOND;

  private void step(TurnEvent event) {
    Turns.Step step = Turns.step(state, event, new Moment(now, now));
    journal.addAll(step.facts());
    state = step.state();
    for (TurnEffect effect : step.effects()) {
      switch (effect) {
        case TurnEffect.Ask ask ->
            step(
                new TurnEvent.Drawn(
                    ask.draw().drawId(),
                    new DrawAnswer.Given(
                        ask.draw().wantNanos(),
                        ask.draw().runs(),
                        Long.MAX_VALUE,
                        DrawAnswer.Standing.UNKNOWN)));
        case TurnEffect.Provide provide -> step(new TurnEvent.Provided(provide.turn()));
        case TurnEffect.Answer answer when answer.answer() instanceof TurnAnswer.Granted ->
            granted.add(answer.turn());
        case TurnEffect.Answer _, TurnEffect.Kill _ -> {}
      }
    }
  }

  private void call(String id, String visitor) {
    TurnRequest request =
        new TurnRequest(id, "l", "s/a", visitor, "free", "f", Size.LARGE, 50 * SECOND);
    step(new TurnEvent.Scheduled(request, true, "d" + id));
  }

  private void release(String id) {
    now += 50 * SECOND;
    step(new TurnEvent.Allowed(id, new ProcessId(2, now)));
    step(new TurnEvent.Released(id, false));
  }

  private void start() {
    step(new TurnEvent.DevicesSeen(List.of(new Device(0, 0, 1))));
    step(new TurnEvent.Started("b"));
  }

  /** What the agent knew is what its journal says. */
  private void restart() {
    Book book = Book.EMPTY;
    for (TurnFact fact : journal) {
      book = book.with(fact);
    }
    state = TurnsState.of(POLICY, book);
    start();
  }

  @Test
  void whoHadMuchBeforeARestartWaitsForWhoHadLittle() {
    // Given: ann had two turns while bob waited for one
    start();
    step(new TurnEvent.SeatOpened(new Seat("l", "c", "s/a", "")));
    call("a1", "ann");
    call("b1", "bob");
    release("a1");
    release("b1");
    call("a2", "ann");
    release("a2");

    // When
    restart();
    call("x", "cid");
    call("a3", "ann");
    call("b2", "bob");
    release("x");

    // Then
    assertThat(granted).endsWith("x", "b2");
  }

  @Test
  void whoWaitsIsNotForgottenWhenAllDevicesAreAwayForAWhile() {
    // Given
    start();
    step(new TurnEvent.SeatOpened(new Seat("l", "c", "s/a", "")));
    call("a1", "ann");
    call("b1", "bob");

    // When
    step(new TurnEvent.DevicesSeen(List.of()));
    step(new TurnEvent.DevicesSeen(List.of(new Device(0, 0, 1))));
    release("a1");

    // Then
    assertThat(granted).containsExactly("a1", "b1");
  }
}
