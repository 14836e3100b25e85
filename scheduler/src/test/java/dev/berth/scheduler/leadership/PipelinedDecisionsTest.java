package dev.berth.scheduler.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Commits that stay in flight until the test answers them. */
class PipelinedDecisionsTest {
  private static final Commit LOST = new Commit.Unknown(new IOException("connection loss"));

  private static final class SlowStore implements PlacementStore {
    final List<Integer> writes = new ArrayList<>();
    final List<CompletableFuture<Commit>> commits = new ArrayList<>();

    @Override
    public Term begin(long atLeast) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Contents load() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> all) {
      assertThat(number).isEqualTo(commits.size() + 1L);
      CompletableFuture<Commit> commit = new CompletableFuture<>();
      writes.add(all.size());
      commits.add(commit);
      return commit;
    }
  }

  private final SlowStore store = new SlowStore();
  private final List<Commit> failures = new ArrayList<>();
  private final List<CompletableFuture<List<Effect>>> answers = new ArrayList<>();
  private final DecisionLoop loop =
      new DecisionLoop(
          new Scheduler(1_000_000_000L),
          store,
          new Term(1, 1),
          State.empty(1),
          new Window(2, 3, 100),
          () -> 1,
          List.of(),
          failures::add);

  @Test
  void whatComesWhileACommitIsInFlightGoesTogether() {
    // When
    ask(1);
    ask(2);

    // Then
    assertThat(store.writes).containsExactly(1);

    // When
    answer(0, new Commit.Durable());

    // Then
    assertThat(store.writes).containsExactly(1, 2);
    assertThat(answered()).containsExactly(true, false, false);
    assertThat(loop.state().placements()).hasSize(1);
  }

  @Test
  void aFullGroupDoesNotWaitAndAFullWindowStopsDeciding() {
    // When
    ask(1);
    ask(9);
    while (loop.turn()) {
      // As the thread of production does.
    }

    // Then: one in flight, then a full group beside it, and the third waits, full.
    assertThat(store.writes).containsExactly(1, 3);

    // When
    answer(0, new Commit.Durable());
    while (loop.turn()) {
      // As the thread of production does.
    }

    // Then
    assertThat(store.writes).containsExactly(1, 3, 3);
  }

  @Test
  void answersLeaveInOrder() {
    // Given
    ask(1);
    ask(3);

    // When
    answer(1, new Commit.Durable());

    // Then
    assertThat(answered()).containsOnly(false);
    assertThat(loop.state().placements()).isEmpty();

    // When
    answer(0, new Commit.Durable());

    // Then
    assertThat(answered()).containsOnly(true);
    assertThat(loop.state().placements()).hasSize(4);
  }

  @Test
  void nothingAfterALostCommitIsAnswered() {
    // Given
    ask(1);
    ask(3);
    ask(1);

    // When
    answer(1, new Commit.Durable());
    answer(0, LOST);

    // Then
    assertThat(failures).containsExactly(LOST);
    assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(loop.state().placements()).isEmpty();
    assertThat(store.commits).hasSize(2);
  }

  private void ask(int count) {
    for (int i = 0; i < count; i++) {
      Shape shape = new Shape(1, 1, new Accelerator.None());
      String id = "p" + answers.size();
      answers.add(
          loop.submit(new Event.Place(new Request(id, List.of(shape), "a", "o", "f", "v"))));
    }
    loop.turn();
  }

  private void answer(int number, Commit commit) {
    store.commits.get(number).complete(commit);
    loop.turn();
  }

  private List<Boolean> answered() {
    return answers.stream().map(a -> a.isDone() && !a.isCompletedExceptionally()).toList();
  }
}
