package dev.berth.scheduler.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.fleet.Node;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Against plain maps and sets; a failure names its seed. */
class GroupsTest {
  private static final NodeKinds KINDS = NodeKinds.of(SupplyDemand.UNKNOWN);

  @Test
  void groupsHoldEqualRoomsAndKnowTheirFirstPosition() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Groups groups = new Groups();
      TreeMap<String, Integer> sizes = new TreeMap<>();
      long known = 0;

      for (int step = 0; step < 400; step++) {
        // When a node comes, goes or changes; equal sizes are equal rooms
        long change = groups.changes();
        TreeMap<Integer, TreeSet<Integer>> before = bySize(sizes);
        int size = 1_000 + random.nextInt(6);
        String name = "n" + (100 + random.nextInt(60));
        if (!sizes.containsKey(name)) {
          sizes.put(name, size);
          groups.renumber(positionsBefore(sizes, name));
          groups.join(position(sizes, name), room(name, size));
        } else if (random.nextInt(5) == 0) {
          groups.leave(position(sizes, name));
          int[] left = positionsWithout(sizes, name);
          sizes.remove(name);
          groups.renumber(left);
        } else {
          groups.move(position(sizes, name), room(name, size));
          sizes.put(name, size);
        }

        // Then
        TreeMap<Integer, TreeSet<Integer>> expected = bySize(sizes);
        TreeMap<Integer, Integer> firsts = new TreeMap<>();
        for (int slot = 0; slot < groups.slots(); slot++) {
          Group group = groups.at(slot);
          if (group != null) {
            firsts.put((int) group.room.cpuMilli, groups.first(slot));
          }
        }
        TreeMap<Integer, Integer> expectedFirsts = new TreeMap<>();
        expected.forEach((milli, positions) -> expectedFirsts.put(milli, positions.first()));
        assertThat(firsts).as("seed %d step %d", seed, step).isEqualTo(expectedFirsts);
        if (!before.keySet().equals(expected.keySet())) {
          assertThat(groups.changes()).as("seed %d", seed).isGreaterThan(change);
          known++;
        }
      }
      assertThat(known).as("seed %d", seed).isPositive();
    }
  }

  private static TreeMap<Integer, TreeSet<Integer>> bySize(TreeMap<String, Integer> sizes) {
    TreeMap<Integer, TreeSet<Integer>> groups = new TreeMap<>();
    int position = 0;
    for (int size : sizes.values()) {
      groups.computeIfAbsent(size, s -> new TreeSet<>()).add(position++);
    }
    return groups;
  }

  private static int position(TreeMap<String, Integer> sizes, String name) {
    return sizes.headMap(name).size();
  }

  /** Where each node was before this one came. */
  private static int[] positionsBefore(TreeMap<String, Integer> sizes, String added) {
    int at = position(sizes, added);
    return java.util.stream.IntStream.range(0, sizes.size())
        .map(i -> i == at ? -1 : i < at ? i : i - 1)
        .toArray();
  }

  /** Where each node was before this one went. */
  private static int[] positionsWithout(TreeMap<String, Integer> sizes, String removed) {
    int at = position(sizes, removed);
    return java.util.stream.IntStream.range(0, sizes.size() - 1)
        .map(i -> i < at ? i : i + 1)
        .toArray();
  }

  private static Room room(String name, int size) {
    Node node = Node.of(name, Hardware.cpu(size, 1_000)).seen(1);
    return Room.of(node, KINDS.of(node));
  }
}
