package dev.berth.e2e.pki;

import dev.berth.e2e.FleetException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of keys that certificates are made for. */
enum KeyKind {
  EC_P256("EC", new ECGenParameterSpec("secp256r1")),

  /** For users of the Kubernetes API: the Java client takes any PKCS#8 key for an RSA key. */
  RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  private final String algorithm;

  @SuppressWarnings("ImmutableEnumChecker") // Both kinds of parameters are immutable.
  private final AlgorithmParameterSpec parameters;

  KeyKind(String algorithm, AlgorithmParameterSpec parameters) {
    this.algorithm = algorithm;
    this.parameters = parameters;
  }

  KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new FleetException("This JDK cannot make " + this + " keys: " + e.getMessage(), e);
    }
  }
}
