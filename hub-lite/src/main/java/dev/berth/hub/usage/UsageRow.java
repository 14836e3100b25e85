package dev.berth.hub.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Lines that share a key, summed up. */
public record UsageRow(@JsonUnwrapped Key key, @JsonUnwrapped Amount amount) {

  /** Absent parts are those that the grouping sums over. {@code day} is an ISO date (UTC). */
  public record Key(
      @Nullable String account,
      @Nullable String owner,
      @Nullable String day,
      String flavor,
      String catalogVersion)
      implements Comparable<Key> {
    private static final Comparator<@Nullable String> TEXT =
        Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::day, TEXT)
            .thenComparing(Key::account, TEXT)
            .thenComparing(Key::owner, TEXT)
            .thenComparing(Key::flavor)
            .thenComparing(Key::catalogVersion);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
