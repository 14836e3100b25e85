package dev.berth.turns.queue;

import static dev.berth.turns.queue.QueueWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The written lag bound holds; replay one seed with {@code -Dberth.seed=N}. */
class LagBoundTest {
  private static final long LARGEST = 2 * (30 + 3) * SECOND;
  private static final List<String> ACCOUNTS = List.of("A1", "B1", "C2", "D2", "E4", "F4");

  /** Of two flows that wait: how far the difference of their service swung. */
  private record Swing(long low, long high) {
    Swing seeing(long difference) {
      return new Swing(Math.min(low, difference), Math.max(high, difference));
    }
  }

  @Test
  void noFlowIsFurtherAheadThanTheBoundWhileBothWait() {
    for (long seed : seeds(300)) {
      // Given
      int nodes = 1 + (int) (seed % 2);
      long bound = QueuePolicy.DEFAULT.lagBoundNanos(nodes * QueueWorld.DEVICES_OF_NODE, LARGEST);
      // When
      long lag = largestLag(seed, QueuePolicy.DEFAULT, nodes);
      // Then
      assertThat(lag).as("seed %d, bound %d ns", seed, bound).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void withoutAWindowTheBoundWouldNotHold() {
    // Given: the same queue, but whoever is warm or short may be ahead without end.
    QueuePolicy p = QueuePolicy.DEFAULT;
    QueuePolicy endless =
        new QueuePolicy(
            Long.MAX_VALUE / 8,
            p.creditNanos(),
            Long.MAX_VALUE / 8,
            0,
            p.reloadFactor(),
            p.shortnessPermille(),
            p.quotaNanos(),
            p.demandHalfLifeNanos(),
            0,
            0);
    long bound = p.lagBoundNanos(QueueWorld.DEVICES_OF_NODE, LARGEST);
    // When
    long worst = 0;
    for (long seed = 1; seed <= 5; seed++) {
      worst = Math.max(worst, largestLag(seed, endless, 1));
    }
    // Then
    assertThat(worst).isGreaterThan(bound);
  }

  private static List<Long> seeds(int many) {
    Long one = Long.getLong("berth.seed");
    return one != null
        ? List.of(one)
        : java.util.stream.LongStream.rangeClosed(1, many).boxed().toList();
  }

  private static long largestLag(long seed, QueuePolicy policy, int nodes) {
    QueueWorld world = new QueueWorld(seed, policy, nodes);
    Map<String, Swing> swings = new HashMap<>();
    boolean xlarge = seed % 3 == 0;
    long worst = 0;
    for (int i = 0; i < 1_500; i++) {
      for (String account : ACCOUNTS) {
        offer(world, account, xlarge);
      }
      world.advance(5 * SECOND);
      for (int pair = 0; pair < ACCOUNTS.size(); pair += 2) {
        worst = Math.max(worst, swing(world, ACCOUNTS.get(pair), ACCOUNTS.get(pair + 1), swings));
      }
    }
    return worst;
  }

  /** The first of each pair always has turns waiting; the second comes and goes. */
  private static void offer(QueueWorld world, String account, boolean xlarge) {
    boolean steady = ACCOUNTS.indexOf(account) % 2 == 0;
    int weight = account.charAt(1) - '0';
    int many = steady ? (world.waits(account) ? 0 : 3) : world.random.nextInt(40) == 0 ? 25 : 0;
    for (int i = 0; i < many; i++) {
      world.offer(world.turn(account, weight, xlarge && world.random.nextInt(5) == 0));
    }
  }

  private static long swing(QueueWorld world, String one, String other, Map<String, Swing> swings) {
    if (!world.waits(one) || !world.waits(other)) {
      swings.remove(one);
      return 0;
    }
    long difference = world.served.getOrDefault(one, 0L) - world.served.getOrDefault(other, 0L);
    Swing swing = swings.getOrDefault(one, new Swing(difference, difference)).seeing(difference);
    swings.put(one, swing);
    return swing.high() - swing.low();
  }
}
