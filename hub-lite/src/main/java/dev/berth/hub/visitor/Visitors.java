package dev.berth.hub.visitor;

import dev.berth.api.visitor.TokenVerifier;
import dev.berth.api.visitor.Verdict;
import dev.berth.api.visitor.Visitor;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells who sends a request: the visitor on whose behalf a Space calls, else the account of the
 * access token or of the session, else the network.
 */
public final class Visitors {
  /**
   * @param problem why they are not who they said they are
   * @param bearerIsSecret whether the {@code Authorization} header must not reach the Space
   */
  public record Known(Visitor visitor, @Nullable String problem, boolean bearerIsSecret) {}

  private final AccountLookup accounts;
  private final SigningKeys keys;
  private final Networks networks;
  private final Function<String, Optional<String>> spaceAt;
  private final InstantSource clock;

  /** {@code spaceAt}: the Space, {@code namespace/name}, whose pod has an address. */
  public Visitors(
      AccountLookup accounts,
      SigningKeys keys,
      Networks networks,
      Function<String, Optional<String>> spaceAt,
      InstantSource clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.networks = networks;
    this.spaceAt = spaceAt;
    this.clock = clock;
  }

  public Future<Known> of(Credentials request) {
    return holder(request.bearer())
        .compose(holder -> of(request, holder))
        .otherwise(
            problem -> new Known(network(request), "Accounts cannot be looked up now", true));
  }

  private Future<Known> of(Credentials request, Optional<Visitor.Account> bearer) {
    if (request.shown() != null) {
      return Future.succeededFuture(forwarded(request, request.shown(), bearer.isPresent()));
    }
    if (bearer.isPresent()) {
      return Future.succeededFuture(new Known(bearer.get(), null, true));
    }
    return holder(request.session())
        .map(session -> session.<Visitor>map(account -> account).orElse(network(request)))
        .map(visitor -> new Known(visitor, null, false));
  }

  private Future<Optional<Visitor.Account>> holder(@Nullable String token) {
    return token == null ? Future.succeededFuture(Optional.empty()) : accounts.holder(token);
  }

  /** Only the Space that a token was given to may pass it on, and only from its own pods. */
  private Known forwarded(Credentials request, String shown, boolean bearerIsSecret) {
    String caller = spaceAt.apply(request.peer()).orElse("a client outside");
    return switch (TokenVerifier.verify(shown, caller, keys.ring().published(), clock.instant())) {
      case Verdict.Valid valid ->
          new Known(valid.token().visitor(), valid.token().error(), bearerIsSecret);
      case Verdict.Refused refused ->
          new Known(
              network(request), "X-IP-Token is not accepted: " + refused.message(), bearerIsSecret);
    };
  }

  private Visitor network(Credentials request) {
    return new Visitor.Network(networks.of(request));
  }
}
