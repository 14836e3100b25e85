package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Mix;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private final Fleet fleet = new Fleet().with("a", Hardware.gpus("T4-16", 4, 0));

  @Test
  void theFirstTickLooksAtSupplyAndDemand() {
    // Given
    fleet.place("one", new WholeGpus("T4-16", 1));

    // When
    fleet.step(new Event.Tick());

    // Then
    SupplyDemand known = fleet.state.supplyDemand();
    assertThat(known.supplies()).singleElement().matches(s -> s.nodes() == 1);
    assertThat(known.mix().entries()).singleElement().matches(e -> e.weight() == 8);
    assertThat(known.turning()).isFalse();
  }

  @Test
  void aFleetWherePlacementsEndIsTurning() {
    // Given
    fleet.step(new Event.Tick());

    // When
    for (int i = 0; i < 100; i++) {
      String id = "short-" + i;
      fleet.place(id, new WholeGpus("T4-16", 1));
      fleet.step(new Event.Release(id));
      fleet.step(new Event.LeaseGone("a", id + "#0"));
    }
    fleet.step(new Event.Tick());

    // Then
    assertThat(fleet.state.supplyDemand().turning()).isTrue();
  }

  @Test
  void aMixThatWasGivenIsKept() {
    // Given
    Mix given = Mix.of(List.of(new Shape(1, 1, new WholeGpus("T4-16", 2))));
    List<SupplyDemand.Supply> none = List.of(new SupplyDemand.Supply(0, 0, List.of(), 1));
    fleet.state = fleet.state.with(new SupplyDemand(given, none, Long.MIN_VALUE / 2, true, false));

    // When
    fleet.step(new Event.Tick());

    // Then
    assertThat(fleet.state.supplyDemand().mix()).isEqualTo(given);
    assertThat(fleet.state.supplyDemand().supplies()).isNotEqualTo(none);
  }
}
