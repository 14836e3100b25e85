package dev.berth.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.api.turns.v1.QuotaStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnBooksTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SOUND =
      """
      {"node": "node-0",
       "devices": [{"name": "gpu-3-mig-a-0", "card": "gpu-3", "model": "M",
                    "heldNanos": 30, "idleNanos": 70, "wallNanos": 100, "clashes": 0}],
       "turns": [], "allowances": [],
       "spent": [{"account": "ann", "windowEndUnixNanos": 900, "nanos": 30}],
       "done": [{"turn": "t2", "devices": ["gpu-3-mig-a-0"], "releasedAtNanos": 50, "measuredNanos": 10},
                {"turn": "t1", "devices": ["gpu-3-mig-a-0"], "releasedAtNanos": 40, "measuredNanos": 20}]}
      """;
  private static final String NO_CREDITS = "[]";

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static QuotaStatus used(long nanos, long overquota) {
    return QuotaStatus.newBuilder()
        .setVisitor("ann")
        .setUsedNanos(nanos)
        .setOverquotaNanos(overquota)
        .setRunsUsed(2)
        .setResetsUnixNanos(900)
        .build();
  }

  private static TurnBooks books(String page, QuotaStatus quota, String credits) {
    return TurnBooksReader.of(
        List.of(quota), List.of(json(page)), List.of(quota), json(credits), 100);
  }

  private static List<String> findings(String page, QuotaStatus quota) {
    return books(page, quota, NO_CREDITS).findings(List.of(), List.of());
  }

  @Test
  void soundBooksHaveNoFindings() {
    assertThat(findings(SOUND, used(30, 0))).isEmpty();
    assertThat(books(SOUND, used(30, 0), NO_CREDITS).atRest()).isTrue();
  }

  @Test
  void namesTimeThatDoesNotAddUpAndClashesOfTheJournal() {
    assertThat(findings(SOUND.replace("\"idleNanos\": 70", "\"idleNanos\": 69"), used(30, 0)))
        .singleElement()
        .asString()
        .contains("gpu-3-mig-a-0", "1 ns unexplained");
    assertThat(findings(SOUND.replace("\"clashes\": 0", "\"clashes\": 2"), used(30, 0)))
        .singleElement()
        .asString()
        .contains("two turns at once 2 times");
  }

  @Test
  void namesTurnsThatHadADeviceAtOnce() {
    String overlap = SOUND.replace("\"measuredNanos\": 10", "\"measuredNanos\": 11");
    assertThat(findings(overlap, used(30, 0)))
        .singleElement()
        .asString()
        .contains("turn t2 began 1 ns before turn t1 ended");
    String running =
        SOUND.replace(
            "\"turns\": []",
            "\"turns\": [{\"turn\": \"a\", \"devices\": [\"gpu-3-mig-a-0\"]}, {\"turn\": \"b\", \"devices\": [\"gpu-3-mig-a-0\"]}]");
    assertThat(findings(running, used(30, 0)))
        .singleElement()
        .asString()
        .contains("a and b at once");
  }

  @Test
  void namesASharedDeviceThatALeaseHas() {
    // Given
    var seat = new PlacedLease("s#0", "node-0", List.of("seat"));
    var elsewhere = new PlacedLease("e#0", "node-1", List.of("gpu-3"));
    var whole = new PlacedLease("w#0", "node-0", List.of("gpu-3"));
    var slice = new PlacedLease("x#0", "node-0", List.of("gpu-3-mig-b-2"));

    // When
    var findings =
        books(SOUND, used(30, 0), NO_CREDITS)
            .findings(List.of(seat, elsewhere, whole, slice), List.of());

    // Then
    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst()).contains("shared by turns", "w#0");
  }

  @Test
  void aLentDeviceMayBeLeasedButIsWithTurnsOnlyWhileItIsIdle() {
    // Given
    String lent = SOUND.replace("\"clashes\": 0", "\"clashes\": 0, \"loan\": \"lent\"");
    var lease = new PlacedLease("w#0", "node-0", List.of("gpu-3"));
    var idle = new DeviceTime("gpu-3-mig-a-0", "M", 50, 30, 0, 0, 80);
    var busy = new DeviceTime("gpu-3-mig-a-0", "M", 51, 29, 0, 0, 80);

    // When
    var sound = books(lent, used(30, 0), NO_CREDITS).findings(List.of(lease), List.of(idle));
    var wrong = books(lent, used(30, 0), NO_CREDITS).findings(List.of(lease), List.of(busy));

    // Then
    assertThat(sound).isEmpty();
    assertThat(wrong).singleElement().asString().contains("30 ns", "idle for 29 ns only");
  }

  @Test
  void chargesMayLagWhileAllowancesAreOutButNeverExceedWhatTurnsTook() {
    // Given
    String holding =
        SOUND.replace(
            "\"allowances\": []", "\"allowances\": [{\"drawId\": \"d\", \"account\": \"ann\"}]");

    // When // Then
    assertThat(findings(holding, used(20, 0))).isEmpty();
    assertThat(findings(SOUND, used(20, 0)))
        .singleElement()
        .asString()
        .contains("ann", "took 30 ns, charged 20 ns");
    assertThat(findings(holding, used(31, 0))).singleElement().asString().contains("31");
    assertThat(findings(SOUND.replace("ann", "bob"), used(30, 0)))
        .singleElement()
        .asString()
        .contains("took 0 ns, charged 30 ns");
  }

  @Test
  void aFormerWindowIsNotHeldAgainstThePresentOne() {
    assertThat(findings(SOUND.replace("900", "800"), used(0, 0))).isEmpty();
  }

  @Test
  void creditsAddUpAndPayWhatIsBeyondTheBase() {
    // Given
    long minute = 60_000_000_000L;
    String page = SOUND.replace("\"nanos\": 30", "\"nanos\": " + 3 * minute);
    String paid =
        "[{\"account\": \"ann\", \"paid_in\": 500, \"charged\": 299, \"balance\": 201, \"open_draws\": 0, \"reserved\": 0}]";

    // When // Then
    assertThat(books(page, used(0, 3 * minute), paid).findings(List.of(), List.of())).isEmpty();
    assertThat(
            books(page, used(0, 3 * minute), paid.replace("299", "200").replace("201", "300"))
                .findings(List.of(), List.of()))
        .singleElement()
        .asString()
        .contains("only 200 micro-USD were charged");
    assertThat(books(SOUND, used(30, 0), paid.replace("201", "202")).findings(List.of(), List.of()))
        .singleElement()
        .asString()
        .contains("is not the balance 202");
    assertThat(
            books(SOUND, used(30, 0), paid.replace("\"reserved\": 0", "\"reserved\": 7"))
                .findings(List.of(), List.of()))
        .singleElement()
        .asString()
        .contains("open draws hold 0, but 7");
  }
}
