package dev.berth.e2e.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final CertificateAuthority authority =
      CertificateAuthority.create("test-ca", NOW, new SecureRandom());

  private static X509Certificate parse(Credentials credentials) throws GeneralSecurityException {
    var pem = credentials.certificatePem().getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  @Test
  void signsForUserGroupAndAddresses() throws GeneralSecurityException {
    // When
    var issued = authority.issue(Subject.node("berth-0", "10.200.7.1"));
    var certificate = parse(issued);

    // Then
    certificate.verify(parse(authority.credentials()).getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:berth-0,O=system:nodes");
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .containsExactly("localhost", "berth-0", "127.0.0.1", "10.200.7.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void keysArePkcs8() throws GeneralSecurityException {
    // Given
    var pem = authority.issue(Subject.local("hub")).keyPem();

    // When
    var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));

    // Then
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)))
        .isNotNull();
  }
}
