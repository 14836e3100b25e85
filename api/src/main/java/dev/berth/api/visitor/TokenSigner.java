package dev.berth.api.visitor;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Date;

/** Writes tokens as JSON Web Tokens signed with ES256 (RFC 7519, RFC 7518). */
public final class TokenSigner {
  static final String ISSUER = "berth-gateway";
  static final String TIER = "tier";
  static final String ERROR = "error";

  private TokenSigner() {}

  public static String sign(VisitorToken token, SigningKey key) {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.id()).build();
    var jwt = new SignedJWT(header, claims(token));
    try {
      jwt.sign(new ECDSASigner(key.pair()));
    } catch (JOSEException e) {
      throw new IllegalStateException("Every JDK signs with P-256", e);
    }
    return jwt.serialize();
  }

  private static JWTClaimsSet claims(VisitorToken token) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject(token.visitor().key())
        .claim(TIER, token.visitor().tier().text())
        .claim(ERROR, token.error())
        .audience(token.space())
        .jwtID(token.id())
        .issueTime(Date.from(token.issued()))
        .expirationTime(Date.from(token.expires()))
        .build();
  }
}
