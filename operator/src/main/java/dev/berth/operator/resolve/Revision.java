package dev.berth.operator.resolve;

import dev.berth.crds.Scheduling;
import dev.berth.operator.workload.Wish;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Hash of everything that, if changed, needs new pods. Prices and replica counts are not in it; the
 * size of a gang is, because a gang is placed as one.
 */
final class Revision {
  private static final int HEX_CHARS = 10;

  private Revision() {}

  static String of(Wish wish, String flavor, List<String> secretVersions) {
    MessageDigest digest = sha256();
    add(digest, wish.image());
    add(digest, flavor);
    add(digest, wish.gang() ? "gang of " + wish.replicas() : "single");
    add(digest, Integer.toString(wish.port()));
    add(digest, wish.healthPath());
    add(digest, wish.restartToken());
    addAll(digest, wish.command());
    addAll(digest, wish.args());
    new TreeMap<>(wish.variables()).forEach((name, value) -> addAll(digest, List.of(name, value)));
    wish.secrets()
        .forEach(s -> addAll(digest, List.of(s.name(), s.secretRef().name(), s.secretRef().key())));
    addAll(digest, secretVersions);
    scheduling(digest, wish.scheduling());
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_CHARS);
  }

  /** A placement keeps the policy that it was made with. Nothing said adds nothing. */
  private static void scheduling(MessageDigest digest, Scheduling s) {
    if (s.ofPods().equals(Scheduling.DEFAULT)) {
      return;
    }
    add(digest, s.priority() == null ? "" : String.valueOf(s.priority().getValue()));
    add(digest, Boolean.toString(s.preemptible()));
    add(digest, String.valueOf(s.queue()));
    add(digest, String.valueOf(s.topology()));
    addAll(digest, s.regions());
    addAll(digest, s.fallbacks());
    add(digest, String.valueOf(s.expectedDuration()));
    add(digest, String.valueOf(s.checkpointCost()));
  }

  private static void addAll(MessageDigest digest, List<String> values) {
    add(digest, Integer.toString(values.size()));
    values.forEach(value -> add(digest, value));
  }

  /** Length first, so that neighbouring values cannot flow into each other. */
  private static void add(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
