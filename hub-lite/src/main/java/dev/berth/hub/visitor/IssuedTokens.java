package dev.berth.hub.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.api.visitor.KeyRing;
import dev.berth.api.visitor.TokenSigner;
import dev.berth.api.visitor.Visitor;
import dev.berth.api.visitor.VisitorToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signs tokens; the requests of a visitor at a Space share one until half of its life is over. */
public final class IssuedTokens {
  private static final int REMEMBERED_MAX = 50_000;

  private record Subject(Visitor visitor, String space, @Nullable String error) {}

  private record Issued(String text, Instant renew) {}

  private final Cache<Subject, Issued> issued =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
  private final SigningKeys keys;
  private final KeyRing.Rhythm rhythm;
  private final InstantSource clock;

  public IssuedTokens(SigningKeys keys, KeyRing.Rhythm rhythm, InstantSource clock) {
    this.keys = keys;
    this.rhythm = rhythm;
    this.clock = clock;
  }

  /** {@code error}: why the visitor is not who they said they are. */
  public String token(Visitor visitor, String space, @Nullable String error) {
    Instant now = clock.instant();
    return issued
        .asMap()
        .compute(
            new Subject(visitor, space, error),
            (subject, former) ->
                former != null && former.renew().isAfter(now) ? former : issue(subject, now))
        .text();
  }

  private Issued issue(Subject subject, Instant now) {
    Duration life = rhythm.lifetime();
    VisitorToken token =
        new VisitorToken(
            UUID.randomUUID().toString(),
            subject.visitor(),
            subject.space(),
            now,
            now.plus(life),
            subject.error());
    String text = TokenSigner.sign(token, keys.ring().signing(now, rhythm));
    return new Issued(text, now.plus(life.dividedBy(2)));
  }
}
