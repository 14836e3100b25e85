package dev.berth.api.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final SigningKey KEY = Keys.made("one", NOW);
  private static final KeyRing RING = new KeyRing(List.of(KEY));

  static List<Visitor> visitors() {
    return List.of(
        new Visitor.Account("alice", Tier.PRO),
        new Visitor.Network("203.0.113.7"),
        new Visitor.Network("2001:db8:1:2::/64"));
  }

  @ParameterizedTest
  @MethodSource("visitors")
  void whatWasSignedIsRead(Visitor visitor) {
    // Given
    var token = token(visitor);

    // When
    var verdict = verify(TokenSigner.sign(token, KEY), "acme/demo", NOW.plusSeconds(599));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Valid(token));
  }

  @Test
  void anExpiredOneIsRefused() {
    assertThat(refusal(verify(signed(), "acme/demo", NOW.plusSeconds(606))))
        .isEqualTo(Verdict.Reason.EXPIRED);
  }

  @Test
  void oneThatAnotherSpaceShowsIsRefused() {
    // When
    var verdict = verify(signed(), "mallory/trap", NOW);

    // Then
    assertThat(refusal(verdict)).isEqualTo(Verdict.Reason.REPLAYED);
    assertThat(((Verdict.Refused) verdict).message()).contains("acme/demo", "mallory/trap");
  }

  @Test
  void forgedOnesAreRefused() throws Exception {
    // Given
    var stranger = Keys.made("one", NOW);
    var unknown = Keys.made("two", NOW);
    var claims = SignedJWT.parse(signed()).getJWTClaimsSet();
    var mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
    mac.sign(new MACSigner(KEY.pair().toPublicJWK().toString().getBytes("UTF-8")));

    // When
    var forged =
        List.of(
            TokenSigner.sign(token(visitors().getFirst()), stranger),
            TokenSigner.sign(token(visitors().getFirst()), unknown),
            new PlainJWT(claims).serialize(),
            mac.serialize(),
            withSubject("bob"),
            without(claims),
            "nonsense",
            "");

    // Then
    assertThat(forged)
        .allSatisfy(
            text ->
                assertThat(refusal(verify(text, "acme/demo", NOW)))
                    .isEqualTo(Verdict.Reason.FORGED));
  }

  /** Another name in the payload, the old signature. */
  private static String withSubject(String name) {
    var parts = signed().split("\\.", -1);
    var payload = new String(Base64.getUrlDecoder().decode(parts[1]));
    var changed = payload.replace("alice", name).getBytes();
    return parts[0]
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(changed)
        + "."
        + parts[2];
  }

  /** Signed by us, but without a tier. */
  private static String without(JWTClaimsSet claims) throws Exception {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
            new JWTClaimsSet.Builder(claims).claim("tier", null).build());
    jwt.sign(new ECDSASigner(KEY.pair()));
    return jwt.serialize();
  }

  private static String signed() {
    return TokenSigner.sign(token(visitors().getFirst()), KEY);
  }

  private static VisitorToken token(Visitor visitor) {
    return new VisitorToken(
        "t-1",
        visitor,
        "acme/demo",
        NOW,
        NOW.plusSeconds(600),
        visitor.key().length() > 5 ? "Unknown user token" : null);
  }

  private static Verdict verify(String text, String space, Instant now) {
    return TokenVerifier.verify(text, space, RING.published(), now);
  }

  private static Verdict.Reason refusal(Verdict verdict) {
    return ((Verdict.Refused) verdict).reason();
  }
}
