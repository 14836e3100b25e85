package dev.berth.operator.workload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identity as far as a placement id carries it. */
public record OwnerKey(WorkloadKind kind, String namespace, String name, String shortUid) {
  private static final Pattern FORM = Pattern.compile("(space|endpoint)/([^/]+)/([^/]+)/([^/]+)");

  /** Empty if the text is not one of ours. */
  public static Optional<OwnerKey> parse(String text) {
    Matcher m = FORM.matcher(text);
    return m.matches()
        ? Optional.of(new OwnerKey(WorkloadKind.of(m.group(1)), m.group(2), m.group(3), m.group(4)))
        : Optional.empty();
  }

  /** What the ids of its placements begin with, before the revision. */
  public String text() {
    return "%s/%s/%s/%s".formatted(kind.token(), namespace, name, shortUid);
  }
}
