package dev.berth.api.visitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What kind of account visits; decides quota and weight. The order is that of rank. */
public enum Tier {
  ANONYMOUS,
  FREE,
  PRO,
  TEAM,
  ENTERPRISE;

  /** As it stands in tokens, files and labels. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tier> of(String text) {
    return Arrays.stream(values()).filter(tier -> tier.text().equals(text)).findAny();
  }

  /** For messages: "anonymous, free, ...". */
  public static String all() {
    return Arrays.stream(values()).map(Tier::text).collect(Collectors.joining(", "));
  }
}
