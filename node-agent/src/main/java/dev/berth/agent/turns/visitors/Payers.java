package dev.berth.agent.turns.visitors;

import com.nimbusds.jose.jwk.JWKSet;
import dev.berth.api.visitor.TokenVerifier;
import dev.berth.api.visitor.Verdict;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the {@code X-IP-Token} that a client passes on. */
public final class Payers {
  private final Supplier<JWKSet> keys;
  private final InstantSource clock;

  public Payers(Supplier<JWKSet> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** {@code space}: of the seat that shows the token. */
  public Payer of(@Nullable String token, String space) {
    if (token == null || token.isEmpty()) {
      return Payer.Known.anyone(space);
    }
    return switch (TokenVerifier.verify(token, space, keys.get(), clock.instant())) {
      case Verdict.Valid valid -> Payer.Known.of(valid.token().visitor());
      case Verdict.Refused no ->
          new Payer.Refused(no.reason().name().toLowerCase(Locale.ROOT), no.message());
    };
  }
}
