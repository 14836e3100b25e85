package dev.berth.hub.gateway;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.berth.api.process.HostPort;
import dev.berth.api.visitor.KeyRing;
import dev.berth.api.visitor.SigningKey;
import dev.berth.api.visitor.Tier;
import dev.berth.api.visitor.Visitor;
import dev.berth.hub.gateway.spaces.SpaceState;
import dev.berth.hub.gateway.spaces.SpaceStates;
import dev.berth.hub.visitor.AccountLookup;
import dev.berth.hub.visitor.IssuedTokens;
import dev.berth.hub.visitor.Networks;
import dev.berth.hub.visitor.SigningKeys;
import dev.berth.hub.visitor.Visitors;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The gateway before two real HTTP backends; routes are put in by hand. */
final class TestGateway implements AutoCloseable {
  static final ServiceKey DEMO = new ServiceKey("acme", "demo");
  static final InstantSource CLOCK = InstantSource.system();

  /** Holds the token {@code hf_alice}; who holds {@code hf_down} cannot be told. */
  static final Visitor.Account ALICE = new Visitor.Account("alice", Tier.PRO);

  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final KeyRing.Rhythm RHYTHM =
      new KeyRing.Rhythm(Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMinutes(30));
  final KeyRing ring = new KeyRing(List.of(key()));
  final Vertx vertx = Vertx.vertx();
  final HttpClient client = vertx.createHttpClient(new HttpClientOptions());
  final RoutingTable table = new RoutingTable("localhost");

  /** The last request for events, at the pod. */
  final AtomicReference<@Nullable HttpServerRequest> stream = new AtomicReference<>();

  final Backend a;
  final Backend b;

  /** The Space from whose pod the tests seem to call. */
  Optional<String> caller = Optional.empty();

  /** Stages by Space, and who was visited. */
  final Map<String, String> stages = new ConcurrentHashMap<>();

  final List<String> visited = new CopyOnWriteArrayList<>();

  private final SpaceStates spaces =
      new SpaceStates() {
        @Override
        public SpaceState of(String space) {
          return new SpaceState(true, stages.getOrDefault(space, "RUNNING"));
        }

        @Override
        public void visited(String space) {
          visited.add(space);
        }
      };

  final OpenVisits open = new OpenVisits();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final GatewayServer server;

  TestGateway() throws Exception {
    a = backend("a");
    b = backend("b");
    server = GatewayServer.start(GatewayServer.vertx(), new HostPort("127.0.0.1", 0), handler());
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));
    table.endpoints("acme/demo-1", DEMO, List.of(a, b), List.of());
  }

  int port() {
    return server.port();
  }

  private GatewayHandler handler() {
    AccountLookup accounts =
        token ->
            switch (token) {
              case "hf_alice" -> Future.succeededFuture(Optional.of(ALICE));
              case "hf_down" -> Future.failedFuture("the hub is down");
              default -> Future.succeededFuture(Optional.empty());
            };
    SigningKeys keys = () -> ring;
    Visitors visitors =
        new Visitors(
            accounts, keys, new Networks(List.of("127.0.0.0/8")), address -> caller, CLOCK);
    return new GatewayHandler(
        GatewayServer.pods(vertx),
        table,
        () -> true,
        new Arrival(vertx, PATIENCE),
        spaces,
        visitors,
        new IssuedTokens(keys, RHYTHM, CLOCK),
        new SessionPages(accounts),
        new GatewayMetrics(registry),
        open);
  }

  private static SigningKey key() {
    try {
      return new SigningKey(
          new ECKeyGenerator(Curve.P_256).keyID("one").generate(), CLOCK.instant());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private Backend backend(String name) throws Exception {
    var server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket ->
                    socket.textMessageHandler(
                        text -> socket.writeTextMessage(socket.headers().get("Host") + " " + text)))
            .requestHandler(request -> answer(name, request))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return new Backend("127.0.0.1", server.actualPort());
  }

  private void answer(String name, HttpServerRequest request) {
    switch (request.path()) {
      case "/events" -> {
        stream.set(request);
        request
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream")
            .writeHead();
      }
      case "/who" ->
          request
              .response()
              .end(
                  "token=%s authorization=%s cookie=%s"
                      .formatted(
                          request.getHeader("X-IP-Token"),
                          request.getHeader("Authorization"),
                          request.getHeader("Cookie")));
      case "/echo" -> request.body().onSuccess(body -> request.response().end(body));
      default -> request.response().end(describe(name, request));
    }
  }

  private static String describe(String name, HttpServerRequest request) {
    return "%s %s host=%s for=%s proto=%s forwarded-host=%s"
        .formatted(
            name,
            request.uri(),
            request.getHeader("Host"),
            request.getHeader("X-Forwarded-For"),
            request.getHeader("X-Forwarded-Proto"),
            request.getHeader("X-Forwarded-Host"));
  }

  void write(String event) throws Exception {
    HttpServerRequest request = await().until(stream::get, found -> found != null);
    request.response().write(event).await(5, TimeUnit.SECONDS);
  }

  HttpClientResponse get(String host, String path) throws Exception {
    return get(host, path, "Accept", "*/*");
  }

  /** {@code headers}: name, value, name, value ... */
  HttpClientResponse get(String host, String path, String... headers) throws Exception {
    RequestOptions options = options(host, path);
    for (int i = 0; i < headers.length; i += 2) {
      options.putHeader(headers[i], headers[i + 1]);
    }
    return client
        .request(options)
        .compose(request -> request.send().onSuccess(HttpClientResponse::pause))
        .await(10, TimeUnit.SECONDS);
  }

  RequestOptions options(String host, String path) {
    return new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(port())
        .setURI(path)
        .putHeader("Host", host);
  }

  static String body(HttpClientResponse response) throws Exception {
    var body = response.body();
    response.resume();
    return body.await(10, TimeUnit.SECONDS).toString();
  }

  String metric(String name) {
    StringBuilder text = new StringBuilder();
    registry
        .scrape(name::equals)
        .forEach(
            snapshot ->
                snapshot
                    .getDataPoints()
                    .forEach(
                        point ->
                            text.append(point.getLabels())
                                .append(", value=")
                                .append(((CounterDataPointSnapshot) point).getValue())
                                .append('\n')));
    return text.toString();
  }

  @Override
  public void close() throws Exception {
    server.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
