package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.model.Accelerator.Seat;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.TurnDevice;
import dev.berth.scheduler.wire.Devices;
import dev.berth.scheduler.wire.Inventories;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ZeroGPU seats: where cards are shared by turns, and holding none of them. */
class SeatTest {
  @Test
  void isOnANodeWhoseCardsAreSharedAndHoldsNone() {
    // Given
    Fleet fleet =
        new Fleet().with("cards", Hardware.gpus("H200-141", 8, 0)).with("shared", shared(2, true));

    // When
    fleet.place("seat", new Seat());

    // Then
    Lease seat = lease(fleet, "seat");
    assertThat(seat.node()).isEqualTo("shared");
    assertThat(seat.devices()).containsExactly(new Device.Seat());
    assertThat(seat.devices().stream().map(Devices::write).map(Devices::read))
        .containsExactly(new Device.Seat());
  }

  @Test
  void spreadsOverNodesBySharedCards() {
    // Given
    Fleet fleet = new Fleet().with("one", shared(1, true)).with("three", shared(3, true));

    // When
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      fleet.place("seat-" + i, new Seat());
      nodes.add(lease(fleet, "seat-" + i).node());
    }

    // Then
    assertThat(nodes).filteredOn("three"::equals).hasSize(6);
  }

  @Test
  void takesThePreferredNodeWhileItFitsThere() {
    // Given
    Fleet fleet = new Fleet().with("one", shared(1, true)).with("three", shared(3, true));

    // When
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      Shape shape = new Shape(1_000, 1_024, new Seat());
      Request request =
          new Request("seat-" + i, List.of(shape), "acme", "Space acme/s", "zero-gpu", "v1");
      fleet.step(new Event.Place(request, List.of("gone", "one")));
      nodes.add(lease(fleet, "seat-" + i).node());
    }

    // Then
    assertThat(nodes.subList(0, 64)).containsOnly("one");
    assertThat(nodes.getLast()).isEqualTo("three");
  }

  @Test
  void aSeatMovesThoughItIsNotPreemptible() {
    // Given
    Fleet fleet = new Fleet().with("a", shared(1, true));
    fleet.place("seat", new Seat());
    fleet.with("b", shared(1, true));
    Lease from = lease(fleet, "seat");
    Lease to =
        new Lease(
            from.id(),
            "b",
            from.devices(),
            from.cpuMilli(),
            from.memoryMib(),
            from.podCpuMilli(),
            from.podMemoryMib());

    // When
    List<Effect> effects =
        fleet.step(new Event.ReserveMoves(List.of(new Move("seat", 0, from, to, 0))));

    // Then
    assertThat(effects).hasAtLeastOneElementOfType(Effect.MovesReserved.class);
    assertThat(lease(fleet, "seat.move").node()).isEqualTo("b");
  }

  @Test
  void saysWhyThereIsNone() {
    // Given
    Fleet none = new Fleet().with("cards", Hardware.gpus("H200-141", 8, 0));
    Fleet ill = new Fleet().with("shared", shared(2, false));

    // When
    Reason never = reason(none.place("seat", new Seat()));
    Reason later = reason(ill.place("seat", new Seat()));

    // Then
    assertThat(never.code()).isEqualTo(ReasonCode.NO_SUCH_DEVICE);
    assertThat(never.message()).contains("No node has cards that are shared by turns");
    assertThat(later.code()).isEqualTo(ReasonCode.INSUFFICIENT_ACCELERATORS);
  }

  @Test
  void aSharedCardIsNotPlaced() {
    // Given
    Fleet fleet = new Fleet().with("shared", shared(2, true));

    // When
    Outcome outcome = fleet.place("whole", new WholeGpus("H200-141", 1));

    // Then
    assertThat(reason(outcome).code()).isEqualTo(ReasonCode.NO_SUCH_DEVICE);
  }

  @Test
  void anInventoryKeepsItsSharedCardsOnTheWire() {
    // Given
    Inventory inventory = shared(2, true).withHealth("gpu-1", false);

    // When
    Inventory back = Inventories.read(Inventories.write(inventory));

    // Then
    assertThat(back).isEqualTo(inventory);
    assertThat(back.healthyTurnDevices()).isEqualTo(1);
  }

  private static Inventory shared(int cards, boolean healthy) {
    List<TurnDevice> devices =
        IntStream.range(0, cards)
            .mapToObj(i -> new TurnDevice("gpu-" + i, "GPU-" + i, "H200-141", 143_360, healthy))
            .toList();
    return new Inventory(64_000, 512_000, 4, 2, List.of(), List.of(), Location.UNKNOWN, devices);
  }

  private static Lease lease(Fleet fleet, String id) {
    return ((Placement.Placed) fleet.placement(id)).leases().getFirst();
  }

  private static Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.reasons().getFirst();
      case Outcome.Rejected rejected -> rejected.reasons().getFirst();
      case Outcome.Placed placed -> throw new AssertionError("placed: " + placed);
    };
  }
}
