package dev.berth.api.visitor;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Instant;

/** Key pairs of tests. */
final class Keys {
  private Keys() {}

  static SigningKey made(String id, Instant at) {
    try {
      return new SigningKey(new ECKeyGenerator(Curve.P_256).keyID(id).generate(), at);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
