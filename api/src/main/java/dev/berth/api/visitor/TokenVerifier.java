package dev.berth.api.visitor;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads tokens and says whether to believe them, and if not, why. */
public final class TokenVerifier {
  /** By how much clocks of machines may differ. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private TokenVerifier() {}

  /** {@code space}: who shows it, as {@code namespace/name}, known from elsewhere. */
  public static Verdict verify(String text, String space, JWKSet keys, Instant now) {
    try {
      var jwt = SignedJWT.parse(text);
      return isSigned(jwt, keys)
          ? judge(token(jwt.getJWTClaimsSet()), space, now)
          : refused(Verdict.Reason.FORGED, "no key of ours has signed it");
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return refused(Verdict.Reason.FORGED, "it is not a token of ours: " + e.getMessage());
    }
  }

  private static boolean isSigned(SignedJWT jwt, JWKSet keys) throws JOSEException {
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
    return key != null
        && JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
        && jwt.verify(new ECDSAVerifier(key.toECKey()));
  }

  private static Verdict judge(VisitorToken token, String space, Instant now) {
    if (!token.space().equals(space)) {
      return refused(
          Verdict.Reason.REPLAYED,
          "it was given to Space %s and is shown by %s".formatted(token.space(), space));
    }
    if (!now.minus(SLACK).isBefore(token.expires())) {
      return refused(Verdict.Reason.EXPIRED, "it was valid until " + token.expires());
    }
    return new Verdict.Valid(token);
  }

  private static VisitorToken token(JWTClaimsSet claims) throws ParseException {
    var tier = Tier.of(given(claims.getStringClaim(TokenSigner.TIER), "tier"));
    if (!TokenSigner.ISSUER.equals(claims.getIssuer()) || claims.getAudience().size() != 1) {
      throw new ParseException("expected issuer berth-gateway and one audience", 0);
    }
    return new VisitorToken(
        given(claims.getJWTID(), "jti"),
        Visitor.of(
            given(claims.getSubject(), "sub"),
            tier.orElseThrow(() -> new ParseException("expected a tier of " + Tier.all(), 0))),
        claims.getAudience().getFirst(),
        given(claims.getIssueTime(), "iat").toInstant(),
        given(claims.getExpirationTime(), "exp").toInstant(),
        claims.getStringClaim(TokenSigner.ERROR));
  }

  private static <T> T given(@Nullable T value, String claim) throws ParseException {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new ParseException("claim " + claim + " is missing", 0));
  }

  private static Verdict refused(Verdict.Reason reason, String message) {
    return new Verdict.Refused(reason, message);
  }
}
