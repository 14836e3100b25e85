package dev.berth.e2e.pki;

import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates with an EC P-256 key. */
final class CertificateAuthority {
  /** Longer than any local fleet lives; a home that is older is purged and made anew. */
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /** Clocks of machines that share a home may differ by this much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Credentials own;
  private final Instant now;
  private final SecureRandom random;

  private CertificateAuthority(Credentials own, Instant now, SecureRandom random) {
    this.own = own;
    this.now = now;
    this.random = random;
  }

  /** An authority called {@code name}, signed by itself. */
  static CertificateAuthority create(String name, Instant now, SecureRandom random) {
    var keys = KeyKind.EC_P256.generate(random);
    var subject = new X500Name("CN=" + name);
    try {
      var builder = builder(subject, subject, keys.getPublic(), now, random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new CertificateAuthority(
          new Credentials(sign(builder, keys.getPrivate()), keys.getPrivate()), now, random);
    } catch (IOException e) {
      throw new FleetException("Cannot make the certificate authority " + name, e);
    }
  }

  /** A certificate and key for {@code subject}, good as a server and as a client. */
  Credentials issue(Subject subject) {
    var keys = subject.keys().generate(random);
    try {
      var builder =
          builder(own.certificate().getSubject(), subject.x500(), keys.getPublic(), now, random);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName, false, new GeneralNames(subject.generalNames()));
      return new Credentials(sign(builder, own.key()), keys.getPrivate());
    } catch (IOException e) {
      throw new FleetException("Cannot make a certificate for " + subject.name(), e);
    }
  }

  Credentials credentials() {
    return own;
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random).setBit(126),
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(VALIDITY)),
        subject,
        key);
  }

  private static X509CertificateHolder sign(JcaX509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    } catch (OperatorCreationException e) {
      throw new FleetException("This JDK cannot sign with ECDSA: " + e.getMessage(), e);
    }
  }
}
