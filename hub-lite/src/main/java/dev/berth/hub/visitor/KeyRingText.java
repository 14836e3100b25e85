package dev.berth.hub.visitor;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.berth.api.visitor.KeyRing;
import dev.berth.api.visitor.SigningKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;

/** A key ring as a JSON Web Key Set; {@code iat} of a key is when it was made. */
final class KeyRingText {
  private KeyRingText() {}

  /** With the private halves: a secret. */
  static String write(KeyRing ring) {
    return new JWKSet(ring.keys().stream().map(key -> (JWK) key.pair()).toList()).toString(false);
  }

  /** {@code text} may be blank: no key yet. */
  static KeyRing read(String text) {
    try {
      JWKSet keys = text.isBlank() ? new JWKSet() : JWKSet.parse(text);
      return new KeyRing(keys.getKeys().stream().map(key -> signingKey(key.toECKey())).toList());
    } catch (ParseException e) {
      throw new IllegalStateException(
          "The signing keys cannot be read (%s); delete their Secret's data to make new ones"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static SigningKey signingKey(ECKey pair) {
    Date made = pair.getIssueTime();
    return new SigningKey(pair, made == null ? Instant.EPOCH : made.toInstant());
  }
}
