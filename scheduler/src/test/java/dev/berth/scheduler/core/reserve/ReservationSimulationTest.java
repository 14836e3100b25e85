package dev.berth.scheduler.core.reserve;

import static dev.berth.scheduler.core.reserve.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random streams of requests that run exactly as long as they say. */
class ReservationSimulationTest {
  @Test
  void noReservationIsEverDelayedWhenRunTimesAreExact() {
    Seeds seeds = Seeds.share(20, 30);
    int[] seen = new int[2];
    seeds.each(
        seed -> {
          int[] here = run(seed);
          seen[0] += here[0];
          seen[1] += here[1];
        });
    System.out.printf(
        "reservations: %d seeds, %d reserved, %d started past one%n",
        seeds.count(), seen[0], seen[1]);
    if (!seeds.replay()) {
      assertThat(seen[0]).isGreaterThan((int) seeds.count());
      assertThat(seen[1]).isGreaterThan((int) seeds.count());
    }
  }

  /** How many had a reservation, and how many started while an older one waited. */
  private static int[] run(long seed) {
    Random random = new Random(seed);
    World world = new World(1 + random.nextInt(8));
    int nodes = 1 + random.nextInt(4);
    for (int i = 0; i < nodes; i++) {
      world.with("n" + i, Hardware.gpus("H200-141", 2 + random.nextInt(4), 0));
    }
    Map<String, Long> promised = new HashMap<>();
    int[] passed = new int[1];
    world.after = before -> promises(world, before, promised, passed);
    for (int i = 0; i < 60; i++) {
      world.until(world.now + random.nextInt(8_000) * (SECOND / 1_000));
      long runs = (1 + random.nextInt(60)) * SECOND;
      world.place(request("r" + i, random, runs), runs);
    }
    for (int i = 0; i < 400 && !world.state.queue().isEmpty(); i++) {
      world.until(world.now + 10 * SECOND);
    }
    assertThat(world.state.queue()).as("starved").isEmpty();
    return new int[] {promised.size(), passed[0]};
  }

  private static void promises(
      World world, State before, Map<String, Long> promised, int[] passed) {
    for (Reservation reservation : world.state.outlook().reservations()) {
      promised.merge(reservation.id(), reservation.startNanos(), Math::min);
    }
    for (String id : before.queue().values()) {
      Long latest = promised.get(id);
      assertThat(latest == null || !world.waits(id) || world.now <= latest)
          .as("%s was promised %s and waits at %s", id, latest, world.now)
          .isTrue();
    }
    before.queue().values().stream()
        .filter(id -> !world.waits(id))
        .filter(id -> before.queue().values().iterator().next().compareTo(id) != 0)
        .forEach(id -> passed[0]++);
  }

  private static Request request(String id, Random random, long runs) {
    int members = random.nextInt(3) == 0 ? 2 : 1;
    Accelerator each =
        switch (random.nextInt(4)) {
          case 0 -> new Accelerator.GpuShare("H200-141", 1 + random.nextInt(1_000), 10_000);
          case 1 ->
              new Accelerator.MigSlice("H200-141", random.nextBoolean() ? "1g.18gb" : "3g.71gb");
          case 2 -> new Accelerator.WholeGpus("H200-141", 1 + random.nextInt(2));
          default -> new Accelerator.WholeGpus("H200-141", 1);
        };
    return Asks.of(id, members, each, runs);
  }
}
