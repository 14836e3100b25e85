package dev.berth.operator.resolve;

import java.util.Comparator;
import java.util.List;

/** Names that a mistyped one may have meant, by edit distance. */
final class NearNames {
  private static final int SHOWN = 3;

  private NearNames() {}

  static List<String> of(String asked, List<String> names) {
    return names.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(asked, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN)
        .toList();
  }

  /** Levenshtein distance, one row at a time. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
