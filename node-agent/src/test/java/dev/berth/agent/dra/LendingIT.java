package dev.berth.agent.dra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.dra.PluginUnderTest.Lender;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.turns.ZeroGpu;
import dev.berth.agent.turns.ZeroGpuConfig;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.QuotaKeeper;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.wire.dra.v1.Claim;
import dev.berth.api.process.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dedicated card that is idle: lent, wanted by a claim, returned, lent again. */
class LendingIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SHARED = "gpu-0";
  private static final String LENT = "gpu-1";
  private static final String SEAT = "space/acme/a/1/0#0";

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable ZeroGpu zeroGpu;

  @SuppressWarnings("NullAway.Init")
  private PluginUnderTest plugin;

  @SuppressWarnings("NullAway.Init")
  private FakeKubelet kubelet;

  @SuppressWarnings("NullAway.Init")
  private String url;

  @BeforeEach
  void open() {
    plugin = new PluginUnderTest(dir, this::lender);
    kubelet = new FakeKubelet(dir.resolve("kubelet"));
    Grant seat = new Grant(SEAT, 1, "acme", "Space acme/a", "zero-gpu", "1", List.of(), true);
    url =
        zeroGpu()
            .seats()
            .open(seat, new PreparedClaim("seat", "acme", "a", List.of()), "pod")
            .orElseThrow()
            .env()
            .getOrDefault("SPACES_ZERO_DEVICE_API_URL", "");
  }

  @AfterEach
  void close() {
    kubelet.close();
    plugin.close();
    zeroGpu().close();
  }

  private ZeroGpu zeroGpu() {
    return java.util.Objects.requireNonNull(zeroGpu);
  }

  /** As the agent's main wires it. */
  private Lender lender(PluginUnderTest node) {
    LentCards lent = new LentCards(List.of(LENT), node.ledger::now, System::nanoTime);
    ZeroGpu z =
        ZeroGpu.start(
            config(),
            new ZeroGpu.Surroundings(
                "n1", "boot", dir.resolve("turns"), () -> Moments.system().now(), JWKSet::new),
            new SharedDevices(node.backend, List.of(SHARED), lent, card -> false),
            lent,
            new Plenty());
    node.ledger.onChange(s -> z.devicesChanged());
    zeroGpu = z;
    return new Lender(z.seats(), z.loans());
  }

  private static ZeroGpuConfig config() {
    return new ZeroGpuConfig(
        new HostPort("127.0.0.1", 0),
        null,
        List.of(SHARED),
        List.of(LENT),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static final class Plenty implements QuotaKeeper {
    @Override
    public DrawAnswer draw(Draw draw) {
      return new DrawAnswer.Given(
          draw.wantNanos(), draw.runs(), Long.MAX_VALUE, DrawAnswer.Standing.UNKNOWN);
    }

    @Override
    public QuotaRules rules() {
      return QuotaRules.STANDARD;
    }

    @Override
    public List<String> settle(List<Allowance> spent) {
      return spent.stream().filter(Allowance::closed).map(Allowance::drawId).toList();
    }
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .timeout(LONG)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The token of a turn that begins at once. */
  private String turn() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            "/schedule?cgroupPath=/berth/seat/"
                + SEAT.replace("#", "%23")
                + "&taskId=1&durationSeconds=20");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("allowToken").asText();
  }

  private JsonNode device(String name) {
    try {
      for (JsonNode device : new ObjectMapper().readTree(zeroGpu().page()).path("devices")) {
        if (device.path("name").asText().equals(name)) {
          return device;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no device " + name);
  }

  private String loan() {
    return device(LENT).path("loan").asText();
  }

  private Claim claim() {
    plugin.claims.put(
        "c",
        new AllocatedClaim(
            "uid-c",
            List.of(new AllocatedClaim.Allocation("r", "n1", LENT, "", 1000)),
            Map.of(
                "leaseId", "b#0",
                "epoch", "3",
                "account", "acme",
                "owner", "Space acme/b",
                "flavor", "t4-small",
                "catalogVersion", "1")));
    return Claim.newBuilder().setNamespace("ns").setName("c").setUid("uid-c").build();
  }

  @Test
  void anIdleCardIsLentAndItsOwnerGetsItBackOnceTheTurnIsOver() throws Exception {
    // Given: two turns, of which one has the lent card
    assertThat(loan()).isEqualTo("lent");
    assertThat(device(SHARED).path("loan").asText()).isEqualTo("shared");
    String first = turn();
    String second = turn();

    // When: its owner wants it
    String refused = kubelet.prepare(claim()).getError();

    // Then: not while the turn is there, and the ledger has not seen it held
    assertThat(refused).contains(LENT, "lent to turns", "free in at most");
    assertThat(loan()).isEqualTo("recalled");
    assertThat(plugin.ledger.now().prepared()).isEmpty();

    // When: both turns end; the kubelet asks again
    post("/release?allowToken=" + first + "&fail=false");
    post("/release?allowToken=" + second + "&fail=false");

    // Then
    await().atMost(LONG).until(() -> kubelet.prepare(claim()).getError().isEmpty());
    assertThat(loan()).isEqualTo("returned");
    assertThat(plugin.ledger.now().lease("b#0").orElseThrow().held()).isTrue();
    assertThat(device(LENT).path("clashes").asInt()).isZero();

    // When: turns come while the lease holds it
    String third = turn();
    long held = device(LENT).path("heldNanos").asLong();

    // Then: they have the shared card alone
    assertThat(device(SHARED).path("heldNanos").asLong()).isPositive();
    assertThat(device(LENT).path("heldNanos").asLong()).isEqualTo(held);

    // When: the lease is over
    post("/release?allowToken=" + third + "&fail=false");
    kubelet.unprepare(claim());
    plugin.ledger.record(new dev.berth.agent.core.Event.LeaseRevoked("b#0", 4));

    // Then: turns may have it again
    assertThat(plugin.ledger.now().prepared()).isEmpty();
    assertThat(loan()).isEqualTo("lent");
  }
}
