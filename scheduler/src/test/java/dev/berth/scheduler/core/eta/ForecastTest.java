package dev.berth.scheduler.core.eta;

import static dev.berth.scheduler.core.reserve.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.reserve.Asks;
import dev.berth.scheduler.core.reserve.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final WholeGpus ONE = new WholeGpus("T4-16", 1);

  @Test
  void isExactWhenRunTimesAre() {
    // Given: two cards, free at 31 s and 51 s; the first in the queue runs 10 s.
    World world = new World(8).with("a", Hardware.gpus("T4-16", 2, 0));
    world.place(Asks.of("a", 1, ONE, 30 * SECOND), 30 * SECOND);
    world.place(Asks.of("b", 1, ONE, 50 * SECOND), 50 * SECOND);
    world.place(Asks.of("first", 1, ONE, 10 * SECOND), 10 * SECOND);
    world.place(Asks.of("second", 1, new WholeGpus("T4-16", 2), 10 * SECOND), 10 * SECOND);
    world.until(5 * SECOND);

    // When
    Eta first = eta(world, "first");
    Eta second = eta(world, "second");

    // Then
    assertThat(first).isEqualTo(new Eta(31 * SECOND, 31 * SECOND, 31 * SECOND));
    assertThat(second).isEqualTo(new Eta(51 * SECOND, 51 * SECOND, 51 * SECOND));
  }

  @Test
  void isUnknownFarBackAndWithoutNodes() {
    // Given
    World empty = new World(8);
    empty.place(Asks.of("x", 1, ONE, 0), SECOND);
    World full = new World(8).with("a", Hardware.gpus("T4-16", 1, 0));
    for (int i = 0; i < Forecast.MAX_AHEAD + 3; i++) {
      full.place(Asks.of("p" + (100 + i), 1, ONE, 0), SECOND);
    }

    // When // Then
    assertThat(eta(empty, "x")).isEqualTo(Eta.UNKNOWN);
    assertThat(eta(full, "p" + (100 + Forecast.MAX_AHEAD + 2))).isEqualTo(Eta.UNKNOWN);
    assertThat(eta(full, "p101").likelyNanos()).isGreaterThan(full.now);
  }

  /** Heavy-tailed run times that nobody declares: how often the interval holds, and how far off. */
  @Test
  void calibrationIsMeasured() {
    // Given
    List<Long> errors = new ArrayList<>();
    int[] inside = new int[2];
    Seeds.share(1, 100).each(seed -> stream(seed, errors, inside));

    // Then
    errors.sort(Long::compare);
    long median = errors.get(errors.size() / 2) / SECOND;
    double share = inside[0] * 100.0 / errors.size();
    System.out.printf(
        "eta: %d starts, %.0f %% inside [low, high] (80 %% meant), %d before it, median error of likely %d s%n",
        errors.size(), share, inside[1], median);
    assertThat(errors).hasSizeGreaterThan(20);
  }

  private static void stream(long seed, List<Long> errors, int[] inside) {
    Random random = new Random(seed);
    World world = new World(8);
    for (int i = 0; i < 4; i++) {
      world.with("n" + i, Hardware.gpus("T4-16", 4, 0));
    }
    Map<String, Eta> said = new HashMap<>();
    for (int i = 0; i < 250; i++) {
      world.until(world.now + (long) (-Math.log(1 - random.nextDouble()) * 30 * SECOND));
      // Log-normal: median 120 s, a tenth beyond 25 min or so.
      long runs = (long) (120 * SECOND * Math.exp(1.5 * random.nextGaussian()));
      int cards = random.nextInt(8) == 0 ? 4 : 1;
      Request asked = Asks.of("r" + seed + "/" + i, 1, new WholeGpus("T4-16", cards), 0);
      world.place(asked, Math.min(runs, 7_200 * SECOND));
      if (i > 80 && world.waits(asked.id())) {
        said.put(asked.id(), eta(world, asked.id()));
      }
    }
    world.until(world.now + 3_600 * SECOND);
    said.forEach(
        (id, eta) -> score(world.started.getOrDefault(id, world.now), eta, errors, inside));
  }

  private static void score(long start, Eta eta, List<Long> errors, int[] inside) {
    if (eta.equals(Eta.UNKNOWN)) {
      return;
    }
    assertThat(eta.lowNanos()).isLessThanOrEqualTo(eta.likelyNanos());
    assertThat(eta.likelyNanos()).isLessThanOrEqualTo(eta.highNanos());
    errors.add(Math.abs(start - eta.likelyNanos()));
    inside[1] += start < eta.lowNanos() ? 1 : 0;
    inside[0] += start >= eta.lowNanos() && start <= eta.highNanos() ? 1 : 0;
  }

  private static Eta eta(World world, String id) {
    State state = world.state;
    return state.placements().get(id) instanceof Placement.Waiting waiting
        ? Forecast.of(state, waiting, world.scheduler.positions(world.now))
        : Eta.UNKNOWN;
  }
}
