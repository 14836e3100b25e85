package dev.berth.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.zerogpu.Hosting.HostedSpace;
import dev.berth.crds.Space;
import dev.berth.crds.SpaceSpec;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatSpacesTest {
  private static final long FIRST = 1_796_040_000_000_000_000L;
  private final List<Space> spaces = new ArrayList<>();
  private final PlacementBook book = new PlacementBook(owner -> {});
  private final SeatSpaces seats =
      new SeatSpaces(namespace -> spaces.stream(), Bench::catalog, book);

  private Space space(String name, SpaceSpec spec, boolean deleted) {
    Space space = new Space();
    space.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("acme")
            .withName(name)
            .withUid(name + "-uid")
            .withGeneration(1L)
            .withCreationTimestamp("2026-11-30T12:00:00Z")
            .withDeletionTimestamp(deleted ? "2026-11-30T13:00:00Z" : null)
            .build());
    space.setSpec(spec);
    spaces.add(space);
    return space;
  }

  private void placed(Space space, String flavor, PlacementState state) {
    PlacementId id =
        new PlacementId(Workloads.of(space, false).identity().key(), "0123456789", 0, "n0");
    book.changed(new Placement(id, flavor, "1", state));
  }

  @Test
  void thoseThatWantASeatCountAndThoseThatStandForOneAreAdmitted() {
    // Given
    SpaceSpec zero = Bench.spec("app:1", "zero-gpu", 1);
    SpaceSpec card = Bench.spec("app:1", "t4-small", 1);
    placed(space("waits", zero, false), "zero-gpu", new PlacementState.Waiting(1, List.of()));
    placed(space("goes", zero, false), "zero-gpu", new PlacementState.Releasing());
    placed(space("switches", zero, false), "t4-small", new PlacementState.Waiting(1, List.of()));
    space("card", card, false);
    space("deleted", zero, true);
    space("falls", Bench.with(card, Bench.fallbacks("zero-gpu")), false);

    // When
    List<HostedSpace> hosted = seats.of("acme");

    // Then
    assertThat(hosted)
        .containsExactly(
            new HostedSpace("waits", FIRST, true),
            new HostedSpace("goes", FIRST, false),
            new HostedSpace("switches", FIRST, false),
            new HostedSpace("falls", FIRST, false));
  }
}
