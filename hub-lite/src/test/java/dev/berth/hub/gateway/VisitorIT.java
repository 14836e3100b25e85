package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.visitor.TokenVerifier;
import dev.berth.api.visitor.Verdict;
import dev.berth.api.visitor.Visitor;
import dev.berth.api.visitor.VisitorToken;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who the gateway says a request comes from, and where it stays. */
@SuppressWarnings("NullAway.Init")
class VisitorIT {
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
  void thePodLearnsWhoVisitsAndNeverTheirAccessToken() throws Exception {
    // When
    String anonymous = ask("X-Forwarded-For", "203.0.113.7");
    String bearer = ask("Authorization", "Bearer hf_alice");
    String session = ask("Cookie", "a=1; berth_session=hf_alice; b=2");
    String foreign = ask("Authorization", "Bearer hf_nobody");
    String undecided = ask("Authorization", "Bearer hf_down");
    String own = ask("Authorization", "Bearer sk-of-the-app");

    // Then
    assertThat(visitor(anonymous)).isEqualTo(new Visitor.Network("203.0.113.7"));
    assertThat(visitor(bearer)).isEqualTo(TestGateway.ALICE);
    assertThat(visitor(session)).isEqualTo(TestGateway.ALICE);
    assertThat(visitor(foreign)).isEqualTo(new Visitor.Network("127.0.0.1"));
    assertThat(token(undecided).error()).isEqualTo("Accounts cannot be looked up now");
    assertThat(bearer).contains("authorization=null");
    assertThat(undecided).contains("authorization=null");
    assertThat(foreign).contains("authorization=Bearer hf_nobody");
    assertThat(own).contains("authorization=Bearer sk-of-the-app");
    assertThat(session).contains("cookie=a=1; b=2");
  }

  @Test
  void aSpaceMayPassOnTheTokenOfItsVisitorAndNobodyElseMay() throws Exception {
    // Given: what alice's browser made the gateway give to acme/demo
    String given = ask("Authorization", "Bearer hf_alice").replaceAll(".*token=(\\S+).*", "$1");

    // When
    String outside = ask("X-IP-Token", given);
    gateway.caller = Optional.of("mallory/trap");
    String stolen = ask("X-IP-Token", given);
    gateway.caller = Optional.of("acme/demo");
    String passedOn = ask("X-IP-Token", given);
    String forged = ask("X-IP-Token", given.substring(0, given.length() - 8) + "AAAAAAAA");

    // Then
    assertThat(visitor(passedOn)).isEqualTo(TestGateway.ALICE);
    assertThat(token(outside).error()).contains("a client outside");
    assertThat(token(stolen).error()).contains("mallory/trap");
    assertThat(token(forged).error()).contains("not accepted");
    assertThat(List.of(visitor(outside), visitor(stolen), visitor(forged)))
        .containsOnly(new Visitor.Network("127.0.0.1"));
  }

  @Test
  void aVisitorStaysWithOnePodOfASpace() throws Exception {
    // Given
    gateway.table.serve(TestGateway.DEMO, new Served("acme/demo", true, "acme-demo"));

    // When
    Answer first =
        answer(gateway.get("acme-demo.localhost", "/", "X-Forwarded-For", "203.0.113.7"));
    String cookie = first.cookie().replaceAll(";.*", "");
    List<String> withCookie = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      withCookie.add(pod("Cookie", cookie));
      without.add(pod("X-Forwarded-For", "203.0.113.7"));
    }

    // Then
    String pod = first.body().substring(0, 1);
    assertThat(cookie).startsWith("berth_pod=");
    assertThat(withCookie).containsOnly(pod);
    assertThat(without).containsOnly(pod);
  }

  @Test
  void aNewBrowserGoesToThePodWithFewestOpenRequestsAndOthersStay() throws Exception {
    // Given a page open on the only pod
    gateway.table.serve(TestGateway.DEMO, new Served("acme/demo", true, "acme-demo"));
    gateway.table.endpoints("acme/demo-1", TestGateway.DEMO, List.of(gateway.a), List.of());
    HttpClientResponse events = gateway.get("acme-demo.localhost", "/events");
    String early = browser("203.0.113.1", "").cookie().replaceAll(";.*", "");
    assertThat(gateway.open.of(gateway.a)).isEqualTo(1);

    // When a second one comes
    gateway.table.endpoints(
        "acme/demo-1", TestGateway.DEMO, List.of(gateway.a, gateway.b), List.of());
    List<String> newcomers = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      newcomers.add(browser("203.0.113." + i, "").body().substring(0, 1));
      known.add(browser("203.0.113." + i, early).body().substring(0, 1));
    }

    // Then
    assertThat(newcomers).containsOnly("b");
    assertThat(known).containsOnly("a");

    // When the page is closed
    var _ = events.request().reset();

    // Then
    await().untilAsserted(() -> assertThat(gateway.open.of(gateway.a)).isZero());
    assertThat(gateway.open.of(gateway.b)).isZero();
  }

  private Answer browser(String from, String cookie) throws Exception {
    return answer(
        gateway.get(
            "acme-demo.localhost",
            "/",
            "Accept",
            "text/html",
            "X-Forwarded-For",
            from,
            "Cookie",
            cookie));
  }

  @Test
  void aBrowserSignsInWithItsTokenAndIsKnown() throws Exception {
    // When
    Answer page = answer(gateway.get("acme-demo.localhost", "/.berth/login"));
    Answer refused = signIn("hf_nobody");
    Answer accepted = signIn("hf_alice");
    String visit = ask("Cookie", accepted.cookie().replaceAll(";.*", ""));

    // Then
    assertThat(page.body()).contains("Access token");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("Nobody holds this token");
    assertThat(accepted.status()).isEqualTo(303);
    assertThat(accepted.cookie()).containsIgnoringCase("HttpOnly").contains("SameSite=Lax");
    assertThat(visitor(visit)).isEqualTo(TestGateway.ALICE);
  }

  private record Answer(int status, String cookie, String body) {}

  private static Answer answer(HttpClientResponse response) throws Exception {
    String cookie = String.valueOf(response.getHeader("Set-Cookie"));
    return new Answer(response.statusCode(), cookie, TestGateway.body(response));
  }

  private String pod(String header, String value) throws Exception {
    return TestGateway.body(gateway.get("acme-demo.localhost", "/", header, value)).substring(0, 1);
  }

  private Answer signIn(String token) throws Exception {
    return answer(
        gateway
            .client
            .request(
                gateway.options("acme-demo.localhost", "/.berth/login").setMethod(HttpMethod.POST))
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .send("token=" + token)
                        .onSuccess(HttpClientResponse::pause))
            .await(10, TimeUnit.SECONDS));
  }

  private String ask(String header, String value) throws Exception {
    return TestGateway.body(gateway.get("acme-demo.localhost", "/who", header, value));
  }

  private Visitor visitor(String answer) {
    return token(answer).visitor();
  }

  private VisitorToken token(String answer) {
    String text = answer.replaceAll(".*token=(\\S+).*", "$1");
    Verdict verdict =
        TokenVerifier.verify(
            text, "acme/demo", gateway.ring.published(), TestGateway.CLOCK.instant());
    return ((Verdict.Valid) verdict).token();
  }
}
