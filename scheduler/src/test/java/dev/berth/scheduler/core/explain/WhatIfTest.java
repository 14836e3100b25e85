package dev.berth.scheduler.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.RandomFleet;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Explain says of a request is what Place does. {@code -Dberth.seed=N} replays one. */
class WhatIfTest {
  private int placed;
  private int notTightest;

  @Test
  void explainNamesTheNodesThatPlaceTakes() {
    // Given // When // Then
    Seeds seeds = Seeds.of(100);
    seeds.each(this::sameNodes);
    System.out.printf(
        "what if: %d seeds, %d placed, %d of them not on the tightest node%n",
        seeds.count(), placed, notTightest);
    assertThat(seeds.replay() || notTightest > 0).as("it matters how places are ranked").isTrue();
  }

  private void sameNodes(long seed) {
    // Given
    RandomFleet random = new RandomFleet(seed).history(20);
    Fleet fleet = random.fleet;
    fleet.step(new Event.Tick());
    for (int i = 0; i < 8; i++) {
      Request asked = random.request();

      // When
      List<Lease> tightest =
          GangPlacer.place(fleet.state.nodes(), asked) instanceof Placer.Trial.Complete complete
              ? complete.leases()
              : List.of();
      Outcome said = Explanations.whatIf(fleet.state, asked, fleet.scheduler.positions(fleet.now));
      Outcome done = fleet.place(asked);

      // Then
      assertThat(leases(said)).as("%s", asked).isEqualTo(leases(done));
      placed += leases(done).isEmpty() ? 0 : 1;
      notTightest += !leases(done).isEmpty() && !leases(done).equals(tightest) ? 1 : 0;
    }
  }

  private static List<Lease> leases(Outcome outcome) {
    return outcome instanceof Outcome.Placed placed ? placed.placement().leases() : List.of();
  }
}
