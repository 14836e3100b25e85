package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.gang.Returns;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnsTest {
  private static final WholeGpus H200 = new WholeGpus("H200-141", 1);
  private final Fleet fleet =
      new Fleet()
          .with("h", Hardware.gpus("H200-141", 1, 0))
          .with("a", Hardware.gpus("A100-80", 1, 0));

  @Test
  void aFallbackCouldGoBackAfterItsChoiceHasFittedForAWhile() {
    // Given
    fleet.place("busy", H200);
    placeWithFallback();
    Returns full = Returns.NONE.seen(fleet.state, 100);

    // When
    fleet.free("busy");
    Returns free = full.seen(fleet.state, 200).seen(fleet.state, 260);

    // Then
    assertThat(full.possible(1_000, 0)).isEmpty();
    assertThat(free.possible(260, 61)).isEmpty();
    assertThat(free.possible(260, 60)).containsExactly("x");
  }

  @Test
  void whatIsTakenInBetweenStartsAnew() {
    // Given
    fleet.place("busy", H200);
    placeWithFallback();
    fleet.free("busy");
    Returns free = Returns.NONE.seen(fleet.state, 200);

    // When
    fleet.place("other", H200);
    Returns taken = free.seen(fleet.state, 300);
    fleet.free("other");

    // Then
    assertThat(taken.possible(300, 0)).isEmpty();
    assertThat(taken.seen(fleet.state, 400).possible(400, 1)).isEmpty();
  }

  @Test
  void whatWasPlacedAsAskedHasNowhereToGoBackTo() {
    // Given
    placeWithFallback();

    // When
    Returns returns = Returns.NONE.seen(fleet.state, 100);

    // Then
    assertThat(returns.possible(100, 0)).isEmpty();
  }

  private void placeWithFallback() {
    Shape other = new Shape(1, 1, new WholeGpus("A100-80", 1));
    Policy policy = Sites.orElse(new Policy.Alternative("a100", "v1", List.of(other)));
    List<Shape> members = List.of(new Shape(1, 1, H200));
    fleet.step(new Event.Place(Sites.request("x", members, policy)));
    assertThat(fleet.placement("x").leases()).hasSize(1);
  }
}
