package dev.berth.hub.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pod of a Space a visitor stays with, since a pod keeps the state of its visitors: the one
 * that their cookie names, else the same one for the same visitor (rendezvous hashing, Thaler and
 * Ravishankar 1996), so that clients without cookies stay too. Pure.
 */
final class Affinity {
  static final String COOKIE = "berth_pod";
  private static final int NAME_CHARS = 16;

  private Affinity() {}

  /** {@code pods} in the order in which to try them. */
  static List<Backend> order(List<Backend> pods, @Nullable String cookie, String visitor) {
    return pods.stream()
        .sorted(
            Comparator.comparing((Backend pod) -> !name(pod).equals(cookie))
                .thenComparing(pod -> digest(visitor + " " + pod)))
        .toList();
  }

  /** What a cookie calls a pod; says nothing about its address. */
  static String name(Backend pod) {
    return digest("pod " + pod).substring(0, NAME_CHARS);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
