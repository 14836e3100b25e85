package dev.berth.scheduler.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionLoopTest {
  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private final Term term = store.begin(1);
  private final List<Commit> failures = new CopyOnWriteArrayList<>();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final DecisionLoop loop =
      new DecisionLoop(
          new Scheduler(1_000_000_000L),
          store,
          term,
          State.empty(term.epoch()),
          Window.STANDARD,
          System::nanoTime,
          List.of((state, event, effects, nanos) -> seen.add(event)),
          failures::add);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void answersWhatIsDurable() {
    // Given
    List<CompletableFuture<List<Effect>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(loop.submit(place("p" + i)));
    }

    // When
    loop.start();
    answers.forEach(CompletableFuture::join);

    // Then
    assertThat(store.load().placements()).hasSize(200);
    assertThat(loop.state().queue()).hasSize(200);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void aDeposedLeaderAnswersNothingAndSeesNothing() {
    // Given
    store.begin(1);
    loop.start();

    // When
    CompletableFuture<List<Effect>> answer = loop.submit(place("late"));

    // Then
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotLeaderException.class);
    assertThat(failures).containsExactly(new Commit.StaleEpoch());
    assertThat(seen).isEmpty();
    assertThat(loop.state().placements()).isEmpty();
    assertThatThrownBy(loop.submit(place("later"))::join)
        .hasCauseInstanceOf(NotLeaderException.class);
  }

  @Test
  void aDeposedLeaderDoesNotAnswerFromMemory() {
    // Given: a later leader, of which this one has not heard.
    store.begin(1);

    // When: an answer that needs no write.
    CompletableFuture<List<Effect>> answer = loop.submit(new Event.Release("of the later one"));
    loop.turn();

    // Then
    assertThatThrownBy(answer::join).hasCauseInstanceOf(NotLeaderException.class);
    assertThat(failures).containsExactly(new Commit.StaleEpoch());
  }

  @Test
  void tasksRunBetweenDecisions() {
    // Given
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    var _ = loop.submit(place("a"));
    var _ = loop.between(() -> sizes.add(loop.state().placements().size()));
    CompletableFuture<List<Effect>> last = loop.submit(place("b"));

    // When
    loop.start();
    last.join();

    // Then
    assertThat(sizes).containsExactly(1);
  }

  private static Event place(String id) {
    Shape shape = new Shape(1, 1, new Accelerator.None());
    return new Event.Place(new Request(id, List.of(shape), "a", "o", "f", "v"));
  }
}
