package dev.berth.scheduler.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Sites;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same devices under another rule. */
class PolicyChangesTest {
  private static final Shape T4 = new Shape(1_000, 1_024, new WholeGpus("T4-16", 1));

  @Test
  void tellsTheNearestWiderLevelThatWouldDo() {
    // Given two racks of one zone with two cards each, and a busy rack of four
    Fleet fleet =
        new Fleet()
            .with("a", Sites.at(Hardware.gpus("T4-16", 2, 0), "eu", "r1"))
            .with("b", Sites.at(Hardware.gpus("T4-16", 2, 0), "eu", "r2"))
            .with("c", Sites.at(Hardware.gpus("T4-16", 4, 0), "us", "r3"));
    fleet.place(request("busy", 4, Sites.together(Level.RACK, true)));
    Request asked = request("asks", 3, Sites.together(Level.RACK, true));

    // When
    List<Change> changes = changes(fleet, asked);

    // Then
    assertThat(changes)
        .filteredOn(Change.LooserTopology.class::isInstance)
        .extracting(change -> ChangeSentences.of(change, asked))
        .containsExactly("It fits if its members may stand in one zone instead of one rack.");
  }

  @Test
  void tellsAnotherRegionButNeverTakesIt() {
    // Given
    Fleet fleet =
        new Fleet()
            .with("a", Sites.at(Hardware.gpus("T4-16", 1, 0), "eu", "r1"))
            .with("b", Sites.at(Hardware.gpus("T4-16", 1, 0), "us", "r2"))
            .with("c", Sites.at(Hardware.gpus("A100-80", 1, 0), "asia", "r3"));
    fleet.place(request("busy", 1, Sites.in("eu")));
    Request asked = request("asks", 1, Sites.in("eu"));

    // When
    List<Change> changes = changes(fleet, asked);
    fleet.place(asked);

    // Then asia has no such card
    assertThat(changes)
        .filteredOn(Change.OtherRegion.class::isInstance)
        .extracting(change -> ChangeSentences.of(change, asked))
        .containsExactly("It fits if region us is allowed too (now eu).");
    assertThat(fleet.devices("asks")).isEmpty();
  }

  private static List<Change> changes(Fleet fleet, Request request) {
    return NearestChange.of(fleet.scheduler, fleet.state, request, fleet.now);
  }

  private static Request request(String id, int members, Policy policy) {
    return Sites.request(id, Collections.nCopies(members, T4), policy);
  }
}
