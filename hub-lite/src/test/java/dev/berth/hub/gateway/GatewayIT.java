package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.hub.support.FreePort;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes through the gateway, and what does not. */
@SuppressWarnings("NullAway.Init")
class GatewayIT {
  private TestGateway gateway;

  @BeforeEach
  void serve() throws Exception {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void answersAClientThatOffersHttp2ByItsHostToo() throws Exception {
    // Given a request as the JDK's client sends it over cleartext
    String request =
        "GET /hello HTTP/1.1\r\nHost: acme-demo.localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n\r\n";

    // When
    String statusLine;
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", gateway.port())) {
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      statusLine =
          new java.io.BufferedReader(
                  new java.io.InputStreamReader(
                      socket.getInputStream(), java.nio.charset.StandardCharsets.US_ASCII))
              .readLine();
    }

    // Then
    assertThat(statusLine).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void takesTurnsAndTellsThePodWhoAsked() throws Exception {
    // When
    String first = TestGateway.body(gateway.get("acme-demo.localhost:8080", "/hello?x=1"));
    String second = TestGateway.body(gateway.get("acme-demo.localhost:8080", "/hello?x=1"));

    // Then
    assertThat(first)
        .isEqualTo(
            "a /hello?x=1 host=acme-demo.localhost:8080 for=127.0.0.1 proto=http forwarded-host=acme-demo.localhost:8080");
    assertThat(second).startsWith("b ");
  }

  @Test
  void aPodThatCannotBeConnectedToIsPassedOver() throws Exception {
    // Given
    gateway.table.endpoints(
        "acme/demo-1",
        TestGateway.DEMO,
        List.of(new Backend("127.0.0.1", FreePort.find()), gateway.b),
        List.of());

    // When
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(TestGateway.body(gateway.get("acme-demo.localhost", "/")));
    }

    // Then
    assertThat(answers).allMatch(answer -> answer.startsWith("b "));
    assertThat(gateway.metric("berth_gateway_connect_retries")).contains("value=3.0");
  }

  @Test
  void saysWhyARequestGoesNowhere() throws Exception {
    // Given
    gateway.table.serve(
        new ServiceKey("acme", "asleep"), new Served("acme/demo", false, "acme-asleep"));
    gateway.table.serve(
        new ServiceKey("acme", "gone"), new Served("acme/demo", false, "acme-gone"));
    gateway.table.endpoints(
        "acme/gone-1",
        new ServiceKey("acme", "gone"),
        List.of(new Backend("127.0.0.1", FreePort.find())),
        List.of());

    // When
    HttpClientResponse unknown = gateway.get("acme-nothing.localhost", "/");
    HttpClientResponse notReady = gateway.get("acme-asleep.localhost", "/");
    HttpClientResponse unreachable = gateway.get("acme-gone.localhost", "/");

    // Then
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(TestGateway.body(unknown)).contains("acme-nothing.localhost");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.getHeader("Retry-After")).isEqualTo("2");
    assertThat(TestGateway.body(notReady))
        .contains("Nothing is ready behind acme-asleep.localhost. It is starting.");
    assertThat(unreachable.statusCode()).isEqualTo(502);
    assertThat(TestGateway.body(unreachable)).contains("did not answer");
  }

  @Test
  void holdsARequestUntilAPodIsReady() throws Exception {
    // Given a Space that starts, and what its pod will echo
    ServiceKey starting = new ServiceKey("acme", "starting");
    gateway.table.serve(starting, new Served("acme/starting", false, "acme-starting"));
    Buffer megabytes = Buffer.buffer(new byte[1 << 20]);

    // When
    var echoed =
        gateway
            .client
            .request(gateway.options("acme-starting.localhost", "/echo").setMethod(HttpMethod.POST))
            .compose(
                request ->
                    request
                        .setChunked(true)
                        .sendHead()
                        .onSuccess(
                            sent ->
                                gateway.table.endpoints(
                                    "acme/starting-1", starting, List.of(gateway.a), List.of()))
                        .compose(sent -> request.end(megabytes))
                        .compose(sent -> request.response()))
            .compose(HttpClientResponse::body)
            .await(20, TimeUnit.SECONDS);

    // Then
    assertThat(echoed).isEqualTo(megabytes);
  }

  @Test
  void tellsASpaceOfItsVisitorsAndABrowserHowItIs() throws Exception {
    // Given one that sleeps and one that is paused
    for (String name : List.of("sleeping", "paused")) {
      ServiceKey service = new ServiceKey("acme", name);
      gateway.table.serve(service, new Served("acme/" + name, false, "acme-" + name));
      gateway.stages.put("acme/" + name, name.toUpperCase(Locale.ROOT));
    }

    // When
    HttpClientResponse page =
        gateway.get("acme-sleeping.localhost", "/", "Accept", "text/html,*/*");
    HttpClientResponse paused = gateway.get("acme-paused.localhost", "/");

    // Then
    assertThat(gateway.visited).contains("acme/sleeping");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(TestGateway.body(page)).contains("waking up").contains("http-equiv=\"refresh\"");
    assertThat(TestGateway.body(paused)).endsWith("It is paused; its owner can resume it.\n");
  }

  @Test
  void sendsLargeBodiesBothWays() throws Exception {
    // Given
    Buffer megabytes = Buffer.buffer(new byte[5 << 20]);

    // When
    Buffer echoed =
        gateway
            .client
            .request(gateway.options("acme-demo.localhost", "/echo").setMethod(HttpMethod.POST))
            .compose(request -> request.send(megabytes))
            .compose(HttpClientResponse::body)
            .await(20, TimeUnit.SECONDS);

    // Then
    assertThat(echoed).isEqualTo(megabytes);
  }

  @Test
  void passesEventsOnAsTheyCome() throws Exception {
    // Given
    HttpClientResponse response = gateway.get("acme-demo.localhost", "/events");
    List<String> received = new CopyOnWriteArrayList<>();
    response.handler(chunk -> received.add(chunk.toString()));
    response.resume();

    // When
    gateway.write("data: one\n\n");

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> String.join("", received).equals("data: one\n\n"));

    // When
    gateway.write("data: two\n\n");

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> String.join("", received).endsWith("data: two\n\n"));
  }

  @Test
  void aClientThatLeavesEndsTheStreamAtThePod() throws Exception {
    // Given
    HttpClientResponse response = gateway.get("acme-demo.localhost", "/events");
    AtomicBoolean ended = new AtomicBoolean();
    HttpServerRequest atPod = await().until(gateway.stream::get, found -> found != null);
    atPod.connection().closeHandler(closed -> ended.set(true));

    // When
    response.request().connection().close().await(5, TimeUnit.SECONDS);

    // Then
    await().atMost(Duration.ofSeconds(10)).untilTrue(ended);
  }

  @Test
  void carriesWebSocketsWithTheHostThatTheBrowserAskedFor() throws Exception {
    // Given
    gateway.table.serve(TestGateway.DEMO, new Served("acme/demo", true, "acme-demo"));
    List<String> received = new CopyOnWriteArrayList<>();
    var socket =
        gateway
            .vertx
            .createWebSocketClient()
            .connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(gateway.port())
                    .putHeader("Host", "acme-demo.localhost:8080")
                    .setURI("/ws"))
            .await(10, TimeUnit.SECONDS);
    socket.textMessageHandler(received::add);

    // When
    socket.writeTextMessage("hello").await(10, TimeUnit.SECONDS);

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> received.contains("acme-demo.localhost:8080 hello"));
    socket.close().await(10, TimeUnit.SECONDS);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> gateway.metric("berth_gateway_requests").contains("code=\"1xx\"}, value=1.0"));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> gateway.open.of(gateway.a) + gateway.open.of(gateway.b) == 0);
  }
}
