package dev.berth.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedMapTest {
  @Test
  void behavesAsATreeMapAndKeepsOldVersions() {
    // Given
    Random random = new Random(1);
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    OrderedMap<Integer, Integer> map = OrderedMap.empty();

    for (int i = 0; i < 5_000; i++) {
      // When
      int key = random.nextInt(300);
      OrderedMap<Integer, Integer> before = map;
      TreeMap<Integer, Integer> copy = i % 500 == 0 ? new TreeMap<>(expected) : null;
      if (random.nextBoolean()) {
        map = map.with(key, i);
        expected.put(key, i);
      } else {
        map = map.without(key);
        expected.remove(key);
      }

      // Then
      assertThat(map.size()).isEqualTo(expected.size());
      assertThat(map.rank(key)).isEqualTo(expected.headMap(key).size());
      if (copy != null) {
        assertThat(before).isEqualTo(copy);
        assertThat(map).isEqualTo(expected);
      }
    }
    assertThat(map.keySet()).containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void replacingByRankIsReplacingByKeyWhateverTheRank() {
    // Given
    Random random = new Random(3);
    OrderedMap<Integer, Integer> map = OrderedMap.empty();
    TreeMap<Integer, Integer> expected = new TreeMap<>();

    for (int i = 0; i < 5_000; i++) {
      // When
      int key = random.nextInt(300);
      int rank = random.nextInt(3) == 0 ? random.nextInt(300) : map.rank(key);
      map = map.withAt(rank, key, i);
      expected.put(key, i);
      if (random.nextInt(5) == 0) {
        map = map.without(random.nextInt(300));
        expected.keySet().retainAll(map.keySet());
      }

      // Then
      assertThat(map.size()).isEqualTo(expected.size());
      assertThat(map.rank(key)).isEqualTo(expected.headMap(key).size());
      if (i % 500 == 0) {
        assertThat(map).isEqualTo(expected);
      }
    }
    assertThat(map).isEqualTo(expected);
  }

  @Test
  void differencesAreWhatChangedBetweenTwoVersions() {
    // Given
    Random random = new Random(2);
    OrderedMap<Integer, Integer> map = OrderedMap.empty();
    OrderedMap<Integer, Integer> earlier = map;

    for (int i = 0; i < 5_000; i++) {
      int key = random.nextInt(300);
      map = random.nextInt(4) == 0 ? map.without(key) : map.with(key, 1_000 + i);
      if (random.nextInt(10) == 0) {
        // When
        OrderedMap<Integer, Integer> was = earlier;
        TreeMap<Integer, Integer> patched = new TreeMap<>(earlier);
        int[] told = {0};
        earlier.differences(
            map,
            (rank, changed, before, after) -> {
              told[0]++;
              assertThat(rank).isEqualTo(before == null ? -1 : was.rank(changed));
              assertThat(before).isEqualTo(patched.get(changed));
              if (after == null) {
                patched.remove(changed);
              } else {
                patched.put(changed, after);
              }
            });

        // Then
        assertThat(patched).isEqualTo(map);
        assertThat(told[0]).isLessThanOrEqualTo(200);
        earlier = map;
      }
    }
  }
}
