package dev.berth.hub.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.api.visitor.Tier;
import dev.berth.api.visitor.Visitor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Asks the hub's {@code whoami-v2}, and remembers the answer for a minute. */
public final class HubAccounts implements AccountLookup {
  private static final int REMEMBERED_MAX = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AsyncCache<String, Optional<Visitor.Account>> remembered =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_MAX)
          .expireAfterWrite(REMEMBERED_FOR)
          .buildAsync();
  private final HttpClient client;
  private final URI whoami;

  public HubAccounts(HttpClient client, URI hub) {
    this.client = client;
    this.whoami = hub.resolve("/api/whoami-v2");
  }

  @Override
  public Future<Optional<Visitor.Account>> holder(String token) {
    return Future.fromCompletionStage(
        remembered.get(
            token, (key, executor) -> ask(key).toCompletionStage().toCompletableFuture()));
  }

  private Future<Optional<Visitor.Account>> ask(String token) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(whoami.toString())
            .setTimeout(TIMEOUT.toMillis())
            .putHeader("Authorization", "Bearer " + token);
    return client.request(options).compose(request -> request.send()).compose(HubAccounts::read);
  }

  private static Future<Optional<Visitor.Account>> read(HttpClientResponse response) {
    return switch (response.statusCode()) {
      case 200 -> response.body().map(body -> Optional.of(account(body)));
      case 401 -> Future.succeededFuture(Optional.empty());
      default -> Future.failedFuture("The hub answered whoami with " + response.statusCode());
    };
  }

  private static Visitor.Account account(Buffer body) {
    try {
      JsonNode answer = MAPPER.readTree(body.getBytes());
      String tier = answer.path("tier").asText();
      return new Visitor.Account(
          answer.path("name").asText(),
          Tier.of(tier)
              .orElseThrow(
                  () -> new IllegalStateException("The hub tells a tier we do not know: " + tier)));
    } catch (IOException e) {
      throw new IllegalStateException("The hub's whoami answer cannot be read", e);
    }
  }
}
