package dev.berth.hub;

import static dev.berth.hub.support.Reports.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.process.HostPort;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.RunningTurn;
import dev.berth.api.turns.v1.SeatLoad;
import dev.berth.api.turns.v1.SharedDevice;
import dev.berth.api.turns.v1.WaitingTurn;
import dev.berth.hub.accounts.FirstAdmin;
import dev.berth.hub.accounts.PostgresAccounts;
import dev.berth.hub.accounts.PostgresTokens;
import dev.berth.hub.accounts.Tokens;
import dev.berth.hub.credits.PostgresCredits;
import dev.berth.hub.metering.ReportSource;
import dev.berth.hub.pricing.PostgresPriceBook;
import dev.berth.hub.pricing.Price;
import dev.berth.hub.support.Http;
import dev.berth.hub.support.TestDatabase;
import dev.berth.hub.usage.PostgresUsage;
import dev.berth.hub.zerogpu.Fleet;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API and the page on real PostgreSQL. */
class HubHttpIT {
  private static final String ADMIN = "hf_" + "a".repeat(32);
  private static final String MEMBER = "hf_" + "b".repeat(32);

  @TempDir private Path directory;
  private final Jdbi database = TestDatabase.fresh();
  private final ReportSource reports = new ReportSource(database);
  private final Map<String, QuotaStatus> quotas = new HashMap<>();
  private @Nullable List<NodeLoad> loads = List.of();
  private final Fleet fleet =
      new Fleet() {
        @Override
        public Optional<List<NodeLoad>> loads() {
          return Optional.ofNullable(loads);
        }

        @Override
        public List<QuotaStatus> quotas() {
          return List.copyOf(quotas.values());
        }
      };
  private HubHttp server;

  @BeforeEach
  void serve() throws Exception {
    Tokens tokens = new PostgresTokens(database);
    FirstAdmin.admit(tokens, Files.writeString(directory.resolve("token"), ADMIN + "\n"));
    tokens.put("member", MEMBER, "acme", false);
    server =
        HubHttp.start(
            new HostPort("127.0.0.1", 0),
            tokens,
            new PostgresAccounts(database),
            new PostgresUsage(database),
            new PostgresCredits(database),
            (account, tier) -> Optional.ofNullable(quotas.get(account + " " + tier)),
            fleet,
            () -> true);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nobodyIsLetInWithoutATokenThatIsHeld() throws Exception {
    for (String path :
        new String[] {
          "/api/usage",
          "/api/audit",
          "/api/whoami-v2",
          "/api/accounts/acme",
          "/api/spaces/zero-gpu/quota",
          "/api/zerogpu",
          "/zerogpu",
          "/billing"
        }) {
      HttpResponse<String> missing = Http.get(server.port(), path);
      HttpResponse<String> wrong = get(path, "hf_" + "c".repeat(32));
      assertThat(missing.statusCode()).as(path).isEqualTo(401);
      assertThat(missing.headers().firstValue("X-Error-Code")).hasValue("TokenMissing");
      assertThat(wrong.statusCode()).as(path).isEqualTo(401);
      assertThat(wrong.headers().firstValue("X-Error-Message")).hasValue("Invalid user token");
      assertThat(wrong.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(json(wrong).get("error").asText()).isEqualTo("Invalid user token");
    }
    assertThat(Http.get(server.port(), "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void anAdminSetsTiersAndGivesTokens() throws Exception {
    // When
    HttpResponse<String> changed = send("PUT", "/api/accounts/alice", ADMIN, "{\"tier\":\"pro\"}");
    HttpResponse<String> issued = send("POST", "/api/accounts/alice/tokens", ADMIN, "");
    JsonNode alice = json(get("/api/whoami-v2", json(issued).get("token").asText()));
    JsonNode other = json(get("/api/whoami-v2", MEMBER));

    // Then
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(issued.statusCode()).isEqualTo(201);
    assertThat(alice.get("name").asText()).isEqualTo("alice");
    assertThat(alice.get("isPro").asBoolean()).isTrue();
    assertThat(alice.get("tier").asText()).isEqualTo("pro");
    assertThat(other.get("isPro").asBoolean()).isFalse();
    assertThat(other.get("tier").asText()).isEqualTo("free");
  }

  @Test
  void accountsAreForAdminsAndBadOnesAreNamed() throws Exception {
    // When
    HttpResponse<String> member = send("PUT", "/api/accounts/acme", MEMBER, "{\"tier\":\"pro\"}");
    HttpResponse<String> tier = send("PUT", "/api/accounts/acme", ADMIN, "{\"tier\":\"gold\"}");
    HttpResponse<String> body = send("PUT", "/api/accounts/acme", ADMIN, "tier");
    HttpResponse<String> name = send("POST", "/api/accounts/Bad:Name/tokens", ADMIN, "");

    // Then
    assertThat(member.statusCode()).isEqualTo(403);
    assertThat(tier.body()).contains("tier=gold", "free, pro, team or enterprise");
    assertThat(body.body()).contains("not JSON");
    assertThat(name.body()).contains("Bad:Name");
  }

  @Test
  void anAdminTopsUpCreditsAndTheAccountSeesThem() throws Exception {
    // Given
    String payment = "{\"micro_usd\":5000000,\"reference\":\"invoice-17\"}";

    // When
    HttpResponse<String> first = send("POST", "/api/accounts/acme/credits", ADMIN, payment);
    HttpResponse<String> again = send("POST", "/api/accounts/acme/credits", ADMIN, payment);
    String other = payment.replace("5000000", "1");
    HttpResponse<String> conflict = send("POST", "/api/accounts/acme/credits", ADMIN, other);
    HttpResponse<String> seen = get("/api/accounts/acme", MEMBER);

    // Then
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(seen.body())
        .isEqualToIgnoringNewLines(
            """
            {"name":"acme","tier":"free","credits":{"balance_micro_usd":5000000,\
            "reserved_micro_usd":0,"available_micro_usd":5000000}}""");
    assertThat(get("/billing", MEMBER).body()).contains("Prepaid credits: <b>$5.000000</b>");
    assertThat(get("/billing", ADMIN).body()).doesNotContain("Prepaid credits");
    assertThat(get("/api/audit/credits", MEMBER).statusCode()).isEqualTo(403);
    assertThat(json(get("/api/audit/credits", ADMIN)).toString())
        .isEqualTo(
            """
            [{"account":"acme","paid_in":5000000,"charged":0,"balance":5000000,\
            "open_draws":0,"reserved":0}]""");
  }

  @Test
  void creditsAreForAdminsToGiveAndBadAmountsAreNamed() throws Exception {
    // Given
    String path = "/api/accounts/acme/credits";
    String good = "{\"micro_usd\":5,\"reference\":\"r\"}";

    // When // Then
    assertThat(send("POST", path, MEMBER, good).statusCode()).isEqualTo(403);
    assertThat(get("/api/accounts/other", MEMBER).statusCode()).isEqualTo(403);
    assertThat(send("POST", path, ADMIN, "{\"micro_usd\":-5,\"reference\":\"r\"}").body())
        .contains("micro_usd=-5; expected a whole number");
    assertThat(send("POST", path, ADMIN, "{\"micro_usd\":0.5,\"reference\":\"r\"}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", path, ADMIN, "{\"micro_usd\":5}").body()).contains("reference=''");
  }

  @Test
  void aMemberSeesTheirOwnQuotaByTheirTier() throws Exception {
    // Given
    send("PUT", "/api/accounts/acme", ADMIN, "{\"tier\":\"pro\"}");
    quotas.put(
        "acme pro",
        QuotaStatus.newBuilder()
            .setBaseNanos(2_400 * SECOND)
            .setUsedNanos(400 * SECOND)
            .setResetsUnixNanos(1_796_004_135_000_000_000L)
            .build());

    // When
    HttpResponse<String> quota = get("/api/spaces/zero-gpu/quota", MEMBER);

    // Then
    assertThat(quota.body())
        .isEqualToIgnoringNewLines(
            """
            {"base":2400,"current":2000,"resetsAt":"2026-11-30T02:02:15Z","overquotaUsed":0}""");
    assertThat(get("/api/spaces/zero-gpu/quota", ADMIN).statusCode()).isEqualTo(503);
  }

  @Test
  void tellsTheAdminWhoTheyAre() throws Exception {
    // When
    JsonNode who = json(get("/api/whoami-v2", ADMIN));

    // Then
    assertThat(who.get("type").asText()).isEqualTo("user");
    assertThat(who.get("name").asText()).isEqualTo("admin");
    assertThat(who.get("orgs").isArray()).isTrue();
    assertThat(who.at("/auth/accessToken/role").asText()).isEqualTo("write");
  }

  @Test
  void anotherTokenInTheFileReplacesTheFirst() throws Exception {
    // Given
    String next = "hf_" + "d".repeat(32);

    // When
    FirstAdmin.admit(
        new PostgresTokens(database), Files.writeString(directory.resolve("token"), next));

    // Then
    assertThat(get("/api/whoami-v2", ADMIN).statusCode()).isEqualTo(401);
    assertThat(get("/api/whoami-v2", next).statusCode()).isEqualTo(200);
  }

  @Test
  void usageHasNoMoneyUntilItsPriceIsKnownAndThenTheSameAtEveryReading() throws Exception {
    // Given: an hour and a half of t4-small
    reports.commit("journal-1", 1, 5_400);

    // When
    JsonNode unrated = json(get("/api/usage", ADMIN));

    // Then
    assertThat(unrated.at("/rows/0/unrated_ns").asLong()).isEqualTo(5_400 * SECOND);
    assertThat(unrated.at("/total/micro_usd").asLong()).isZero();

    // When
    new PostgresPriceBook(database).record(new Price("t4-small", "2026-11", 400_001));
    String rated = get("/api/usage?group=resource", ADMIN).body();

    // Then
    assertThat(rated)
        .isEqualToIgnoringNewLines(
            """
            {"group":"resource","rows":[{"account":"acme","owner":"Space acme/demo","flavor":"t4-small",\
            "catalog_version":"2026-11","held_ns":5400000000000,"micro_usd":600002,"unrated_ns":0}],\
            "total":{"held_ns":5400000000000,"micro_usd":600002,"unrated_ns":0}}""");
    assertThat(get("/api/usage?group=resource", ADMIN).body()).isEqualTo(rated);
  }

  @Test
  void filtersByDayWithoutChangingTheLines() throws Exception {
    // Given: from noon over two midnights, at an odd price
    reports.commit("journal-1", 1, 172_801);
    new PostgresPriceBook(database).record(new Price("t4-small", "2026-11", 333_333));

    // When
    JsonNode all = json(get("/api/usage?group=day", ADMIN));
    JsonNode middle = json(get("/api/usage?group=day&from=2026-11-25&to=2026-11-25", ADMIN));

    // Then
    assertThat(all.get("rows")).hasSize(3);
    assertThat(middle.get("rows")).containsExactly(all.at("/rows/1"));
    assertThat(all.at("/total/micro_usd").asLong())
        .isEqualTo(Math.round(172_801L * 333_333 / 3600.0));
    assertThat(json(get("/api/usage?from=2026-11-27", ADMIN)).get("rows")).isEmpty();
  }

  @Test
  void thePageOfSharedGpusShowsAllToAdminsAndToOthersNoForeignAccount() throws Exception {
    // Given
    loads =
        List.of(
            NodeLoad.newBuilder()
                .setNode("node-a")
                .addDevices(SharedDevice.newBuilder().setName("gpu-4").setUsable(true))
                .addSeats(SeatLoad.newBuilder().setSpace("acme/demo").setDemandMilli(250))
                .addTurns(RunningTurn.newBuilder().setTurn("t1").setAccount("acme"))
                .addWaiting(
                    WaitingTurn.newBuilder().setAccount("bob").setReason("node").setSize("large"))
                .setTurnsTotal(1)
                .setWaitingTotal(1)
                .build());
    quotas.put("acme free", QuotaStatus.newBuilder().setVisitor("acme").setTier("free").build());
    quotas.put("bob pro", QuotaStatus.newBuilder().setVisitor("bob").setTier("pro").build());

    // When
    HttpResponse<String> page = get("/zerogpu", MEMBER);
    JsonNode own = json(get("/api/zerogpu", MEMBER));
    JsonNode all = json(get("/api/zerogpu", ADMIN));

    // Then
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body()).contains("ZeroGPU").doesNotContain("bob");
    assertThat(own.at("/nodes/0/turns/0/account").asText()).isEqualTo("acme");
    assertThat(own.at("/nodes/0/queue/0/account").asText()).isEqualTo("another");
    assertThat(own.at("/nodes/0/queue/0/reason").asText()).isEqualTo("node");
    assertThat(own.at("/nodes/0/seats/0/demand_milli").asLong()).isEqualTo(250);
    assertThat(own.get("quotas")).hasSize(1);
    assertThat(all.at("/nodes/0/queue/0/account").asText()).isEqualTo("bob");
    assertThat(all.get("quotas")).hasSize(2);
  }

  @Test
  void withoutASchedulerThePageSaysSo() throws Exception {
    // Given
    loads = null;

    // When, Then
    assertThat(get("/api/zerogpu", ADMIN).statusCode()).isEqualTo(503);
    assertThat(get("/zerogpu", ADMIN).statusCode()).isEqualTo(200);
  }

  @Test
  void membersSeeTheirOwnAccountOnly() throws Exception {
    // Given
    reports.commit("journal-1", 1, 60);

    // When, Then
    assertThat(json(get("/api/usage", MEMBER)).at("/rows/0/account").asText()).isEqualTo("acme");
    assertThat(get("/api/usage?account=other", MEMBER).statusCode()).isEqualTo(403);
    assertThat(get("/api/audit", MEMBER).statusCode()).isEqualTo(403);
    assertThat(get("/billing", MEMBER).body())
        .contains("Space acme/demo")
        .doesNotContain("Conservation");
  }

  @Test
  void badQuestionsAreAnsweredWithTheWayOut() throws Exception {
    assertThat(json(get("/api/usage?group=planet", ADMIN)).get("error").asText())
        .isEqualTo("group=planet is unknown; expected account, resource or day");
    assertThat(json(get("/api/usage?from=yesterday", ADMIN)).get("error").asText())
        .contains("YYYY-MM-DD");
    assertThat(get("/api/usage?from=2026-11-25&to=2026-11-24", ADMIN).statusCode()).isEqualTo(400);
    assertThat(get("/nowhere", ADMIN).statusCode()).isEqualTo(404);
  }

  @Test
  void theAuditAddsUpAtRest() throws Exception {
    // Given
    new PostgresPriceBook(database).record(new Price("t4-small", "2026-11", 400_000));
    reports.commit("journal-1", 1, 60);

    // When
    JsonNode running = json(get("/api/audit", ADMIN));

    // Then
    assertThat(running.get("at_rest").asBoolean()).isFalse();

    // When
    reports.end("journal-1", 2, 90);
    JsonNode atRest = json(get("/api/audit", ADMIN));

    // Then
    assertThat(atRest.get("at_rest").asBoolean()).isTrue();
    assertThat(atRest.get("problems")).isEmpty();
    assertThat(atRest.get("conserved").asBoolean()).isTrue();
    assertThat(atRest.at("/devices/0/held_ns").asLong()).isEqualTo(90 * SECOND);
    assertThat(atRest.at("/devices/0/leased_ns").asLong()).isEqualTo(90 * SECOND);
    assertThat(atRest.at("/leases/0/billed_ns").asLong()).isEqualTo(90 * SECOND);
    assertThat(atRest.at("/leases/0/micro_usd").asLong()).isEqualTo(10_000);
    assertThat(atRest.at("/sums/wall_ns").asLong()).isEqualTo(95 * SECOND);
    assertThat(atRest.get("quarantined").asLong()).isZero();
  }

  @Test
  void whatWasRefusedShowsInTheAudit() throws Exception {
    // Given: the last word of the node is less than what was committed
    reports.commit("journal-1", 1, 60);
    reports.end("journal-1", 2, 50);

    // When
    JsonNode audit = json(get("/api/audit", ADMIN));

    // Then
    assertThat(audit.get("quarantined").asLong()).isEqualTo(1);
    assertThat(audit.get("billed_equals_held").asBoolean()).isFalse();
    assertThat(audit.at("/problems/0").asText())
        .contains("billed 60000000000 ns, held 50000000000 ns");
  }

  @Test
  void thePageOpensInABrowserWithTheTokenAsPassword() {
    // Given
    reports.commit("journal-1", 1, 60);
    String basic =
        Base64.getEncoder().encodeToString(("admin:" + ADMIN).getBytes(StandardCharsets.UTF_8));

    // When
    HttpResponse<String> page =
        Http.get(server.port(), "/billing", "Authorization", "Basic " + basic);

    // Then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Space acme/demo", "no price yet", "gpu-0", "Everything adds up.");
  }

  private HttpResponse<String> get(String path, String token) {
    return Http.get(server.port(), path, "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(String method, String path, String token, String body) {
    return Http.send(server.port(), method, path, body, "Authorization", "Bearer " + token);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }
}
