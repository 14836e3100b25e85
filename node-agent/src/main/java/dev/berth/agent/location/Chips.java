package dev.berth.agent.location;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of chips along each axis: a size, or a place. */
public record Chips(int x, int y, int z) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})(?:x(\\d{1,5}))?");
  private static final Pattern PLACE = Pattern.compile("(\\d{1,5})-(\\d{1,5})(?:-(\\d{1,5}))?");

  /** "16x16" or "4x4x8"; an axis that is not written has one chip. */
  public static Optional<Chips> size(String text) {
    return read(SIZE, text, "1").filter(c -> c.x > 0 && c.y > 0 && c.z > 0);
  }

  /** "4-8" or "0-4-8". */
  public static Optional<Chips> place(String text) {
    return read(PLACE, text, "0");
  }

  private static Optional<Chips> read(Pattern form, String text, String third) {
    Matcher m = form.matcher(text);
    return m.matches()
        ? Optional.of(
            new Chips(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3) == null ? third : m.group(3))))
        : Optional.empty();
  }
}
