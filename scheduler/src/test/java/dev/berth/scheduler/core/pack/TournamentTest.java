package dev.berth.scheduler.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Inventory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a search through all slots; a failure names its seed. */
class TournamentTest {
  @Test
  void findsTheCheapestGroupAndOfEqualOnesTheFirstNode() {
    for (long seed = 0; seed < 50; seed++) {
      // Given groups of one node each, which come to slots in a random order of positions
      Random random = new Random(seed);
      int size = 1 + random.nextInt(200);
      Groups groups = new Groups();
      groups.renumber(java.util.stream.IntStream.range(0, size).map(i -> -1).toArray());
      for (int position : shuffled(size, random)) {
        groups.join(position, room(position));
      }
      Tournament tournament = new Tournament(1);
      long[] costs = new long[size];
      java.util.Arrays.fill(costs, Ranking.NONE);

      for (int i = 0; i < 2_000; i++) {
        // When
        int slot = random.nextInt(size);
        costs[slot] = random.nextInt(5) == 0 ? Ranking.NONE : random.nextInt(8);
        tournament.set(slot, costs[slot]);

        // Then
        assertThat(tournament.best(groups)).as("seed %d", seed).isEqualTo(best(costs, groups));
      }
    }
  }

  private static int best(long[] costs, Groups groups) {
    int best = -1;
    for (int slot = 0; slot < costs.length; slot++) {
      boolean better =
          costs[slot] != Ranking.NONE
              && (best < 0
                  || costs[slot] < costs[best]
                  || (costs[slot] == costs[best] && groups.first(slot) < groups.first(best)));
      best = better ? slot : best;
    }
    return best;
  }

  private static Room room(int position) {
    Inventory inventory = Hardware.cpu(1_000 + position, 1_000);
    Node node = Node.of("n" + position, inventory).seen(1);
    return Room.of(node, NodeKinds.of(SupplyDemand.UNKNOWN).of(node));
  }

  private static Iterable<Integer> shuffled(int size, Random random) {
    java.util.List<Integer> all = new java.util.ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(i);
    }
    java.util.Collections.shuffle(all, random);
    return all;
  }
}
