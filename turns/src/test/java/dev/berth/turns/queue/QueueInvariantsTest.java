package dev.berth.turns.queue;

import static dev.berth.turns.queue.QueueWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.turns.model.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever comes in whatever order; replay one seed with {@code -Dberth.seed=N}. */
class QueueInvariantsTest {
  @Test
  void noDeviceIsHeldTwiceNoneIdlesWhileATurnCouldHaveItAndEveryTurnEnds() {
    for (long seed : seeds()) {
      QueueWorld world = new QueueWorld(seed, QueuePolicy.DEFAULT, 2);
      Set<String> cancelled = new HashSet<>();
      for (int i = 0; i < 400; i++) {
        act(world, cancelled);
        assertWorkConserving(world, seed);
      }
      while (!world.over()) {
        world.advance(SECOND);
      }
      assertAllServed(world, cancelled, seed);
    }
  }

  private static List<Long> seeds() {
    Long one = Long.getLong("berth.seed");
    return one != null ? List.of(one) : LongStream.rangeClosed(1, 200).boxed().toList();
  }

  private static void act(QueueWorld world, Set<String> cancelled) {
    switch (world.random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        int account = world.random.nextInt(12);
        world.offer(world.turn("A" + account, 1 << (account % 3), world.random.nextInt(6) == 0));
      }
      case 4 -> {
        List<String> known = new ArrayList<>(world.queue.waiting().keySet());
        known.addAll(world.runningTurns());
        if (!known.isEmpty()) {
          String turn = known.get(world.random.nextInt(known.size()));
          cancelled.add(turn);
          world.cancel(turn);
        }
      }
      default -> world.advance(20 * SECOND);
    }
  }

  private static void assertWorkConserving(QueueWorld world, long seed) {
    boolean idle = world.queue.devices().values().stream().anyMatch(DeviceState::idle);
    boolean large =
        world.queue.waiting().values().stream().anyMatch(t -> t.turn().size() == Size.LARGE);
    assertThat(idle && large).as("seed %d: idle beside a waiting turn", seed).isFalse();
  }

  private static void assertAllServed(QueueWorld world, Set<String> cancelled, long seed) {
    Set<String> had = new HashSet<>(cancelled);
    world.granted.forEach(g -> had.add(g.turn().id()));
    assertThat(had)
        .as("seed %d: each turn was granted or cancelled", seed)
        .isEqualTo(world.offered);
    assertThat(world.queue.waitingTurns()).as("seed %d", seed).isZero();
    assertThat(world.queue.runningTurns()).as("seed %d", seed).isZero();
    assertThat(world.granted.stream().map(g -> g.turn().id()))
        .as("seed %d: granted once", seed)
        .doesNotHaveDuplicates();
    assertThat(world.queue.devices().values())
        .as("seed %d", seed)
        .allMatch(d -> d.turn() == null && d.next() == null);
  }
}
