package dev.berth.api.visitor;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of all gateways, oldest first. A new key is published for a while before it signs, so
 * that every verifier knows it by then, and goes when nothing that an older key signed is valid any
 * more.
 */
public record KeyRing(List<SigningKey> keys) {
  public KeyRing {
    keys = keys.stream().sorted(Comparator.comparing(SigningKey::made)).toList();
  }

  /**
   * How long things take.
   *
   * @param period a key signs for so long
   * @param publish a key is known for so long before it signs
   * @param lifetime of a token
   */
  public record Rhythm(Duration period, Duration publish, Duration lifetime) {
    public Rhythm {
      if (period.compareTo(publish) <= 0 || publish.isNegative() || !lifetime.isPositive()) {
        throw new IllegalArgumentException(
            "Keys cannot be rotated every %s when each is published %s before it signs; expected rotation after publication, and a lifetime above zero"
                .formatted(period, publish));
      }
    }
  }

  /** The ring as it should be at {@code now}; equal to this one if nothing is due. */
  public KeyRing rotated(Instant now, Rhythm rhythm, Supplier<SigningKey> newKey) {
    var kept =
        IntStream.range(0, keys.size())
            .filter(i -> isNeeded(i, now, rhythm))
            .mapToObj(keys::get)
            .toList();
    boolean due = kept.isEmpty() || !kept.getLast().made().plus(rhythm.period()).isAfter(now);
    return due
        ? new KeyRing(Stream.concat(kept.stream(), Stream.of(newKey.get())).toList())
        : new KeyRing(kept);
  }

  /** Until its successor has signed for as long as a token lives. */
  private boolean isNeeded(int key, Instant now, Rhythm rhythm) {
    return key == keys.size() - 1
        || keys.get(key + 1).made().plus(rhythm.publish()).plus(rhythm.lifetime()).isAfter(now);
  }

  /** The newest key that everybody knows by now. */
  public SigningKey signing(Instant now, Rhythm rhythm) {
    return keys.reversed().stream()
        .filter(key -> !key.made().plus(rhythm.publish()).isAfter(now))
        .findFirst()
        .orElseGet(keys::getFirst);
  }

  /** The public halves, as a JSON Web Key Set (RFC 7517). */
  public JWKSet published() {
    return new JWKSet(keys.stream().map(key -> (JWK) key.pair().toPublicJWK()).toList());
  }
}
