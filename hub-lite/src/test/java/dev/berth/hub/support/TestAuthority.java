package dev.berth.hub.support;

import dev.berth.api.process.Tls;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test; every authority is its own world. */
public final class TestAuthority {
  private static final X500Principal NAME = new X500Principal("CN=Berth test authority");
  private final Path directory;
  private final KeyPair keys = newKeys();
  private final Path certificate;

  public TestAuthority(Path directory) {
    this.directory = directory;
    this.certificate = write("ca.crt", certificate(NAME, keys, true));
  }

  /** Files of a process that both serves and calls, on localhost. */
  public Tls issue(String name) {
    KeyPair own = newKeys();
    Path cert = write(name + ".crt", certificate(new X500Principal("CN=" + name), own, false));
    return new Tls(certificate, cert, writeKey(name + ".key", own));
  }

  private X509CertificateHolder certificate(
      X500Principal subject, KeyPair subjectKeys, boolean authority) {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              subject,
              subjectKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path writeKey(String file, KeyPair pair) {
    try {
      return write(file, new JcaPKCS8Generator(pair.getPrivate(), null));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String file, Object pem) {
    StringWriter text = new StringWriter();
    try {
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(pem);
      }
      return Files.writeString(directory.resolve(file), text.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
