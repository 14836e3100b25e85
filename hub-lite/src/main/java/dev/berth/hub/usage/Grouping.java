package dev.berth.hub.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How lines are summed up. Flavor and catalog version are always kept apart. */
public enum Grouping {
  ACCOUNT,
  RESOURCE,
  DAY;

  /** As it is written in queries and answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  UsageRow.Key key(UsageLine line) {
    return switch (this) {
      case ACCOUNT -> key(line, line.account(), null, null);
      case RESOURCE -> key(line, line.account(), line.owner(), null);
      case DAY -> key(line, null, null, line.day().toString());
    };
  }

  private static UsageRow.Key key(
      UsageLine line, @Nullable String account, @Nullable String owner, @Nullable String day) {
    return new UsageRow.Key(account, owner, day, line.flavor(), line.catalogVersion());
  }
}
