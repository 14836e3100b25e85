package dev.berth.hub.pricing;

/** Money as integer millionths of a US dollar. */
public final class MicroUsd {
  private MicroUsd() {}

  /** "$0.001234"; a minus stands before the dollar sign. */
  public static String format(long microUsd) {
    String digits = Long.toString(microUsd).replace("-", "");
    String padded = "0".repeat(Math.max(0, 7 - digits.length())) + digits;
    int point = padded.length() - 6;
    return (microUsd < 0 ? "-$" : "$") + padded.substring(0, point) + "." + padded.substring(point);
  }
}
