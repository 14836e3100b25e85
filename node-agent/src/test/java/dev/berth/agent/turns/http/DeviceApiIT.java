package dev.berth.agent.turns.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.turns.core.EndReason;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.api.visitor.Tier;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device API byte by byte, and what it does with clients that lie. */
class DeviceApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String SPACE = "ann/painter";

  @TempDir Path dir;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();
  private NodeUnderTest node;
  private String url;

  @BeforeEach
  void start() throws Exception {
    node = new NodeUnderTest(dir, 1, Duration.ofSeconds(3));
    url = node.seat(SPACE);
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    node.close();
    http.close();
  }

  private HttpResponse<String> post(String base, String call) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + call))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String schedule(String space, String more) {
    String cgroup = "/berth/seat/lease-" + space.replace('/', '-') + "-secret";
    return "/schedule?cgroupPath="
        + URLEncoder.encode(cgroup, StandardCharsets.UTF_8)
        + "&taskId=7&enableQueue=true&tokenVersion=2"
        + more;
  }

  private String granted(String more) throws Exception {
    HttpResponse<String> answer = post(url, schedule(SPACE, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.get("nvidiaUUID").asText()).startsWith("GPU-");
    return json.get("allowToken").asText();
  }

  /** A process that may be a worker. */
  private long worker() throws IOException {
    Process process = new ProcessBuilder("sleep", "300").start();
    processes.add(process);
    return process.pid();
  }

  private EndReason lastReason() {
    return node.done().getLast().reason();
  }

  @Test
  void aTurnIsGrantedAllowedAndReleasedOnce() throws Exception {
    // Given
    String token = granted("&durationSeconds=20");
    long worker = worker();
    // When
    int allowed = post(url, "/allow?allowToken=" + token + "&pid=" + worker).statusCode();
    int again = post(url, "/allow?allowToken=" + token + "&pid=" + worker).statusCode();
    int released = post(url, "/release?allowToken=" + token + "&fail=false").statusCode();
    int late = post(url, "/release?allowToken=" + token + "&fail=false").statusCode();
    // Then
    assertThat(List.of(allowed, again, released, late)).containsExactly(200, 200, 200, 404);
    assertThat(lastReason()).isEqualTo(EndReason.DONE);
    assertThat(JSON.readTree(post(url, schedule(SPACE, "")).body()).get("idle").asBoolean())
        .isTrue();
    assertThat(post(url, "/startup-report").statusCode()).isEqualTo(200);
    await().atMost(LONG).until(() -> !node.lives((int) worker));
  }

  @Test
  void aTurnThatWasNeverUsedIsReleasedWithANote() throws Exception {
    String token = granted("");
    assertThat(post(url, "/release?allowToken=" + token + "&fail=true").statusCode())
        .isEqualTo(204);
    assertThat(lastReason()).isEqualTo(EndReason.UNUSED);
    assertThat(post(url, "/release?allowToken=nonsense&fail=true").statusCode()).isEqualTo(404);
  }

  @Test
  void liesAreTurnedAway() throws Exception {
    String other = node.seat("bob/poet");
    String token = granted("");
    long worker = worker();
    // When, then: the first process of a container, no process, another seat's turn and address
    assertThat(post(url, "/allow?allowToken=" + token + "&pid=1").statusCode()).isEqualTo(403);
    assertThat(post(url, "/allow?allowToken=" + token + "&pid=x").statusCode()).isEqualTo(403);
    assertThat(post(url, "/allow?allowToken=" + token + "&pid=999999999").statusCode())
        .isEqualTo(403);
    assertThat(post(other, "/allow?allowToken=" + token + "&pid=" + worker).statusCode())
        .isEqualTo(403);
    assertThat(post(other, "/release?allowToken=" + token + "&fail=false").statusCode())
        .isEqualTo(404);
    assertThat(post(url, schedule("bob/poet", "")).statusCode()).isEqualTo(503);
    assertThat(post(url + "x", schedule(SPACE, "")).statusCode()).isEqualTo(404);
    // Then: the token of another Space is worth nothing
    String token2 = node.token("ann", Tier.PRO, "bob/poet");
    assertThat(post(url, schedule(SPACE, "&token=" + token2)).statusCode()).isEqualTo(401);
    // Then: one that works for a turn cannot work for another
    assertThat(post(url, "/allow?allowToken=" + token + "&pid=" + worker).statusCode())
        .isEqualTo(200);
    assertThat(node.engine.state().book().turns()).hasSize(1);
  }

  @Test
  void headersTellWhoAsksAndWhatIsWrong() throws Exception {
    node.quota.set("eve", 0, 100);
    node.quota.set("flo", 100, 0);
    // When
    var none = post(url, schedule(SPACE, "&token=" + node.token("eve", Tier.PRO, SPACE)));
    var runs = post(url, schedule(SPACE, "&token=" + node.token("flo", Tier.FREE, SPACE)));
    var tooLong = post(url, schedule(SPACE, "&durationSeconds=61&gpuSize=xlarge"));
    // Then
    assertThat(none.statusCode()).isEqualTo(429);
    assertThat(none.headers().firstValue("X-Authenticated")).contains("pro");
    assertThat(none.headers().firstValue("X-Approve-Result")).contains("quota-exceeded");
    assertThat(JSON.readTree(none.body()).toString()).isEqualTo("{\"left\":0,\"wait\":3600}");
    assertThat(runs.headers().firstValue("X-Authenticated")).contains("regular");
    assertThat(runs.headers().firstValue("X-Approve-Result")).contains("runs-exceeded");
    assertThat(JSON.readTree(runs.body()).get("wait").asInt()).isZero();
    assertThat(tooLong.headers().firstValue("X-Approve-Result")).contains("illegal-duration");
    assertThat(tooLong.headers().firstValue("X-Authenticated")).isEmpty();
    assertThat(JSON.readTree(tooLong.body()).get("wait").asInt()).isNegative();
  }

  @Test
  void theRulesAreTheSchedulersAlsoWhileItIsAway() throws Exception {
    // Given
    node.quota.rule("free", 3, 30);
    String token = node.token("flo", Tier.FREE, SPACE);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.engine.state().book().rules().of("free").weight() == 3);
    // When
    node.quota.close();
    node.restart();
    url = node.seat(SPACE);
    var tooLong = post(url, schedule(SPACE, "&durationSeconds=31&token=" + token));
    // Then
    assertThat(tooLong.statusCode()).isEqualTo(429);
    assertThat(tooLong.headers().firstValue("X-Approve-Result")).contains("illegal-duration");
  }

  /** Chunks of a chunked response, one by one, as they come over the socket. */
  private static List<String> chunks(Socket socket) throws IOException {
    List<String> chunks = new ArrayList<>();
    String size = line(socket);
    while (!size.isEmpty() && !size.equals("0")) {
      chunks.add(
          new String(
              socket.getInputStream().readNBytes(Integer.parseInt(size, 16)),
              StandardCharsets.UTF_8));
      line(socket);
      size = line(socket);
    }
    return chunks;
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = socket.getInputStream().read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString().strip();
  }

  private Socket queued(String space, String base) throws IOException {
    URI uri = URI.create(base + schedule(space, "&durationSeconds=20"));
    Socket socket = new Socket("127.0.0.1", uri.getPort());
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + uri.getRawPath()
                    + "?"
                    + uri.getRawQuery()
                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    await().atMost(LONG).until(() -> !node.engine.state().pending().isEmpty());
    return socket;
  }

  @Test
  void eachEventIsOneChunk() throws Exception {
    // Given
    String token = granted("");
    post(url, "/allow?allowToken=" + token + "&pid=" + worker());
    try (Socket socket = queued(SPACE, url)) {
      // When
      await().atMost(LONG).until(() -> socket.getInputStream().available() > 0);
      post(url, "/release?allowToken=" + token + "&fail=false");
      List<String> head = new ArrayList<>();
      for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
        head.add(line.toLowerCase(java.util.Locale.ROOT));
      }
      List<String> chunks = chunks(socket);
      // Then
      assertThat(head)
          .contains(
              "http/1.1 200 ok",
              "content-type: text/event-stream",
              "x-queuing-reason: node",
              "transfer-encoding: chunked");
      assertThat(chunks.subList(0, chunks.size() - 1)).isNotEmpty().containsOnly("event: ping\n\n");
      assertThat(chunks.getLast())
          .startsWith("event: succeeded\ndata: {")
          .endsWith("}\n\n")
          .contains("\"idle\":true");
    }
  }

  @Test
  void whoWaitsTooLongIsToldAndWhoLeavesIsForgotten() throws Exception {
    // Given
    String token = granted("");
    post(url, "/allow?allowToken=" + token + "&pid=" + worker());
    String other = node.seat("bob/poet");
    // When: one leaves, one stays
    Socket leaving = queued(SPACE, url);
    leaving.close();
    await().atMost(LONG).until(() -> node.engine.state().pending().isEmpty());
    HttpResponse<String> staying = post(other, schedule("bob/poet", ""));
    // Then
    assertThat(staying.statusCode()).isEqualTo(200);
    assertThat(staying.body()).startsWith("event: ping\n\n").endsWith("event: failed\n\n");
    assertThat(node.engine.state().book().escrow().reservations()).hasSize(1);
    assertThat(post(url, "/release?allowToken=" + token + "&fail=false").statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatAnAgentLeavesItsSuccessorTakesUp() throws Exception {
    // Given
    String token = granted("&durationSeconds=30");
    long worker = worker();
    post(url, "/allow?allowToken=" + token + "&pid=" + worker);
    // When
    node.restart();
    url = node.seat(SPACE);
    // Then
    assertThat(node.engine.state().book().turns()).containsKey(token);
    assertThat(post(url, "/release?allowToken=" + token + "&fail=false").statusCode())
        .isEqualTo(200);
    assertThat(node.done()).extracting(TurnRecord::reason).containsExactly(EndReason.DONE);
    assertThat(JSON.readTree(post(url, schedule(SPACE, "")).body()).get("idle").asBoolean())
        .isTrue();
  }

  @Test
  void aPodThatGoesTakesItsTurnsAndWorkersWithIt() throws Exception {
    String token = granted("");
    long worker = worker();
    post(url, "/allow?allowToken=" + token + "&pid=" + worker);
    // When
    node.engine.seatClosed("lease-ann-painter-secret");
    // Then
    await().atMost(LONG).until(() -> !node.lives((int) worker));
    await().atMost(LONG).until(() -> node.engine.state().book().turns().isEmpty());
    assertThat(lastReason()).isEqualTo(EndReason.SEAT_CLOSED);
  }
}
