package dev.berth.operator.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementRequest;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.resolve.Catalog;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrphanSweepTest {

  @Test
  void onlyPlacementsWithoutAnOwnerAreReleased() {
    // Given
    OwnerKey present = new OwnerKey(WorkloadKind.SPACE, "acme", "here", "11111111");
    OwnerKey namesake = new OwnerKey(WorkloadKind.SPACE, "acme", "here", "00000000");
    PlacementBook book = new PlacementBook(owner -> {});
    book.snapshot(List.of(waiting(present), waiting(namesake)));
    Released released = new Released();

    // When
    new OrphanSweep(
            book, () -> Set.of(present), released, new OperatorMetrics(new PrometheusRegistry()))
        .run();

    // Then
    assertThat(released.ids).containsExactly(new PlacementId(namesake, "r", 0, "n").toString());
    assertThat(book.of(namesake)).isEmpty();
    assertThat(book.of(present)).hasSize(1);
  }

  private static Placement waiting(OwnerKey owner) {
    return new Placement(
        new PlacementId(owner, "r", 0, "n"), "f", "v", new PlacementState.Waiting(1, List.of()));
  }

  private static final class Released implements Placements {
    final List<String> ids = new ArrayList<>();

    @Override
    public boolean release(String placementId) {
      return ids.add(placementId);
    }

    @Override
    public Placement place(PlacementRequest request) {
      throw new AssertionError("a sweep places nothing");
    }

    @Override
    public void publish(List<Catalog.Entry> flavors) {}

    @Override
    public void watch(Listener listener) {}
  }
}
