package dev.berth.e2e.pki;

import java.io.IOException;
import java.security.PrivateKey;
import java.util.Base64;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate with its private key. */
record Credentials(X509CertificateHolder certificate, PrivateKey key) {
  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (IOException e) {
      throw new AssertionError("A certificate that was just built has an encoding", e);
    }
  }

  /** PKCS#8, not encrypted. */
  String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] der) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
  }
}
