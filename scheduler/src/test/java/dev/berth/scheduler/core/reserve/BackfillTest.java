package dev.berth.scheduler.core.reserve;

import static dev.berth.scheduler.core.reserve.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackfillTest {
  private static final WholeGpus ONE = new WholeGpus("T4-16", 1);
  private static final WholeGpus ALL = new WholeGpus("T4-16", 4);

  @Test
  void aGangOfWholeNodesStartsUnderAStreamOfSmallRequests() {
    // Given: three nodes that small requests of unknown run time keep 94 % full.
    World with = stream(Scheduled.WITH);
    World without = stream(Scheduled.WITHOUT);

    // When // Then: the gang starts once those have ended that ran or waited when it came.
    assertThat(with.started.get("gang")).isNotNull().isLessThan((600 + 120) * SECOND);
    assertThat(without.waits("gang")).as("starves without reservations").isTrue();
  }

  private enum Scheduled {
    WITH,
    WITHOUT
  }

  private static World stream(Scheduled scheduled) {
    World world = new World(scheduled == Scheduled.WITH ? 8 : 0);
    for (String node : List.of("a", "b", "c")) {
      world.with(node, Hardware.gpus("T4-16", 4, 0));
    }
    Random random = new Random(1);
    for (int i = 0; i < 1_500; i++) {
      world.until(world.now + 8 * SECOND / 3);
      world.place(Asks.of("small/" + i, 1, ONE, 0), (1 + random.nextInt(60)) * SECOND);
      if (i == 225) {
        world.place(Asks.of("gang", 3, ALL, 0), 10 * SECOND);
      }
    }
    return world;
  }

  @Test
  void onlyWhatEndsBeforeTheReservationMayStart() {
    // Given: three of four cards are taken until 100 s, and a request for all four waits.
    World world = waitingForAll();

    // When
    world.place(Asks.of("short", 1, ONE, 30 * SECOND), 30 * SECOND);
    world.until(40 * SECOND);
    world.place(Asks.of("long", 1, ONE, 70 * SECOND), 70 * SECOND);
    world.place(Asks.of("unknown", 1, ONE, 0), SECOND);
    world.until(150 * SECOND);

    // Then
    assertThat(world.started.get("short")).isEqualTo(3 * SECOND);
    assertThat(world.started.get("four")).isEqualTo(101 * SECOND);
    assertThat(world.started.get("long")).isEqualTo(111 * SECOND);
  }

  private static World waitingForAll() {
    World world = new World(8).with("a", Hardware.gpus("T4-16", 4, 0));
    world.place(Asks.of("three", 3, ONE, 100 * SECOND), 100 * SECOND);
    world.place(Asks.of("four", 1, ALL, 10 * SECOND), 10 * SECOND);
    world.until(3 * SECOND);
    return world;
  }

  @Test
  void saysWhoGoesFirstWithNumbers() {
    // Given
    World world = waitingForAll();
    Request asked = Asks.of("long", 1, ONE, 200 * SECOND);

    // When
    Outcome whatIf = Explanations.whatIf(world.state, asked, world.scheduler.positions(world.now));
    world.place(asked, 200 * SECOND);

    // Then
    assertThat(world.waits("long")).isTrue();
    Reason reason = ((Outcome.Waiting) whatIf).reasons().getFirst();
    assertThat(reason.code()).isEqualTo(ReasonCode.QUEUED_BEHIND);
    assertThat(reason.resource()).isEqualTo("four");
    assertThat(reason.asked()).isEqualTo(200);
    assertThat(reason.free()).isEqualTo(98);
    assertThat(reason.message())
        .isEqualTo(
            "It would fit now, but running 200 s it would delay four, which is due in 98 s. Declare a run time below that, or wait.");
  }

  @Test
  void roomBesideTheReservedDevicesIsFreeForAll() {
    // Given: one whole card is reserved; half of the other card is free for ever.
    World world = new World(8).with("a", Hardware.gpus("T4-16", 2, 0));
    world.place(Asks.of("half", 1, new GpuShare("T4-16", 500, 1_000), 0), 1_000 * SECOND);
    world.place(Asks.of("card", 1, ONE, 50 * SECOND), 50 * SECOND);
    world.place(Asks.of("next", 1, ONE, 50 * SECOND), 50 * SECOND);
    world.until(3 * SECOND);

    // When
    world.place(Asks.of("other", 1, new GpuShare("T4-16", 500, 1_000), 0), 1_000 * SECOND);
    world.until(60 * SECOND);

    // Then
    assertThat(world.started.get("other")).isEqualTo(3 * SECOND);
    assertThat(world.started.get("next")).isEqualTo(51 * SECOND);
  }

  @Test
  void aHigherPriorityIsNotHeldBack() {
    // Given
    World world = waitingForAll();
    Request plain = Asks.of("urgent", 1, ONE, 0);
    Request urgent =
        new Request(
            plain.id(), plain.members(), "acme", "o", "f", "v1", Asks.policy(5, false, 0, 0));

    // When
    world.place(urgent, SECOND);

    // Then
    assertThat(world.started).containsKey("urgent");
  }

  @Test
  void aReservationGoesWithItsHolder() {
    // Given
    World world = waitingForAll();
    world.place(Asks.of("long", 1, ONE, 0), SECOND);

    // When
    world.release("four");

    // Then
    assertThat(world.started).containsKey("long");
    assertThat(world.state.outlook().reservations()).isEmpty();
  }
}
