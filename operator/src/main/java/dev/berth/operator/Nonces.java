package dev.berth.operator;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Short random texts for placement ids, 36^6 of them for each slot of each revision. */
final class Nonces implements Supplier<String> {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 6;

  private final RandomGenerator random;

  Nonces(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public synchronized String get() {
    StringBuilder nonce = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      nonce.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return nonce.toString();
  }
}
