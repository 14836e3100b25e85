package dev.berth.api.process;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test, and processes that it signed. */
final class TestAuthority {
  private static final X500Principal NAME = new X500Principal("CN=test authority");
  private final Path dir;
  private final KeyPair keys = keyPair();

  TestAuthority(Path dir) throws IOException {
    this.dir = dir;
    pem("ca.crt", "CERTIFICATE", encoded(certificate("ca", keys, true)));
  }

  Tls sign(String process) throws IOException {
    KeyPair own = keyPair();
    Path cert = pem(process + ".crt", "CERTIFICATE", encoded(certificate(process, own, false)));
    Path key = pem(process + ".key", "PRIVATE KEY", own.getPrivate().getEncoded());
    return new Tls(dir.resolve("ca.crt"), cert, key);
  }

  private X509CertificateHolder certificate(String name, KeyPair subject, boolean authority)
      throws IOException {
    Instant now = Instant.now();
    X500Principal principal = authority ? NAME : new X500Principal("CN=" + name);
    try {
      return new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minusSeconds(60)),
              Date.from(now.plusSeconds(3600)),
              principal,
              subject.getPublic())
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(X509CertificateHolder certificate) throws IOException {
    return certificate.getEncoded();
  }

  private Path pem(String file, String type, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String text = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    return Files.writeString(dir.resolve(file), text);
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
