package dev.berth.turns.quota;

/** Numbers within limits. */
final class Bounds {
  private Bounds() {}

  /** Throws an {@link IllegalArgumentException} that names key, value and limits. */
  static void check(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; expected %d to %d".formatted(key, value, least, most));
    }
  }
}
