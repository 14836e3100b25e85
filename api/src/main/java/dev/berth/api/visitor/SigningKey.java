package dev.berth.api.visitor;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/** A P-256 key pair; its id is the {@code kid} of the tokens that it signs. */
public record SigningKey(ECKey pair, Instant made) {
  public String id() {
    return pair.getKeyID();
  }

  /** Without the private half. */
  @Override
  public String toString() {
    return "SigningKey[id=%s, made=%s]".formatted(id(), made);
  }
}
