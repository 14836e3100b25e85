package dev.berth.e2e.bench.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The same decisions again and again: what other programs take away shows as slow rounds. */
final class Rounds {
  private final List<Times> all = new ArrayList<>();
  private final long[] least;

  Rounds(Stream stream, int rounds) {
    least = new long[stream.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      long[] nanos = stream.round();
      all.add(new Times(nanos));
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], nanos[i]);
      }
    }
  }

  Times first() {
    return all.getFirst();
  }

  Times best() {
    return sorted().getFirst();
  }

  Times median() {
    return sorted().get(all.size() / 2);
  }

  /** Of each decision the round where it was quickest: what the code needs, undisturbed. */
  Times undisturbed() {
    return new Times(least);
  }

  private List<Times> sorted() {
    return all.stream().sorted(Comparator.comparingDouble(Times::mean)).toList();
  }
}
