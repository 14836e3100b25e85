package dev.berth.turns.quota;

import static dev.berth.turns.quota.QuotaWorld.DAY;
import static dev.berth.turns.quota.QuotaWorld.POLICY;
import static dev.berth.turns.quota.QuotaWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Anonymous 120 s and 8 runs, free 300 s, pro 400 s and then credits at $0.10 a minute. */
class QuotasTest {
  private final Quotas quotas = new Quotas(POLICY);
  private final List<QuotaEffect> effects = new ArrayList<>();
  private QuotaState state = QuotaState.EMPTY;
  private long now = 1_000 * DAY;

  @Test
  void theWindowBeginsWithTheFirstUseAndLastsADay() {
    // When
    Allowance first = given(draw("d1", "ana", "free", 60, 60));
    settle("d1", 60, true);
    now += DAY - 1;
    Allowance second = given(draw("d2", "ana", "free", 60, 60));
    now += 1;
    Allowance third = given(draw("d3", "ana", "free", 300, 300));

    // Then
    assertThat(first.expiresNanos()).isEqualTo(first.windowNanos() + DAY);
    assertThat(second.windowNanos()).isEqualTo(first.windowNanos());
    assertThat(third.windowNanos()).isEqualTo(now);
    assertThat(view("ana", "").use().baseDrawnNanos()).isEqualTo(300 * SECOND);
  }

  @Test
  void beyondTheNeedAtMostHalfOfTheRestIsGiven() {
    assertThat(given(draw("d1", "ana", "free", 60, 300)).nanos()).isEqualTo(180 * SECOND);
    assertThat(given(draw("d2", "ana", "free", 60, 61)).nanos()).isEqualTo(61 * SECOND);
  }

  @Test
  void whatIsUsedUpIsRefusedWithNumbers() {
    // Given
    draw("d1", "ana", "free", 250, 250);
    now += 10 * SECOND;

    // When // Then
    assertThat(draw("d2", "ana", "free", 51, 51))
        .isEqualTo(new Answer.Refused(Answer.Code.QUOTA_EXHAUSTED, 50 * SECOND, DAY - 10 * SECOND));
    assertThat(draw("d3", "ana", "free", 50, 50)).isInstanceOf(Answer.Given.class);
  }

  @Test
  void runsAreLimitedToo() {
    // Given
    Allowance first = given(draw(ask("d1", "ip:1", "anonymous", 1, 1, 6)));
    Allowance second = given(draw(ask("d2", "ip:1", "anonymous", 1, 1, 6)));

    // When
    Answer third = draw(ask("d3", "ip:1", "anonymous", 1, 1, 1));
    settle("d1", 1, 2, true);
    Answer fourth = draw(ask("d4", "ip:1", "anonymous", 1, 1, 1));

    // Then
    assertThat(first.runs()).isEqualTo(6);
    assertThat(second.runs()).isEqualTo(2);
    assertThat(third).isEqualTo(new Answer.Refused(Answer.Code.RUNS_EXHAUSTED, 118 * SECOND, DAY));
    assertThat(fourth).isInstanceOf(Answer.Given.class);
  }

  @Test
  void aRepeatedDrawHearsTheSameAndAnotherOfTheSameIdIsRefused() {
    // Given
    Answer first = draw("d1", "ana", "free", 60, 60);
    QuotaState before = state;

    // When
    Answer again = draw("d1", "ana", "free", 60, 60);
    Answer other = draw("d1", "ana", "free", 61, 61);
    draw("d2", "ana", "free", 300, 300);
    settle("d1", 60, true);
    Answer refusedAgain = draw("d2", "ana", "free", 300, 300);

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(before.visitors()).hasSize(1);
    assertThat(other).isInstanceOf(Answer.Contradicted.class);
    assertThat(refusedAgain).isInstanceOf(Answer.Refused.class);
    assertThat(draw("d1", "ana", "free", 60, 60)).isEqualTo(first);
  }

  @Test
  void totalsAreCumulative() {
    // Given
    draw("d1", "ana", "free", 60, 60);

    // When
    settle("d1", 20, false);
    settle("d1", 20, false);
    List<QuotaEffect.Refused> shrunk = settle("d1", 19, false).refused();
    List<QuotaEffect.Refused> exceeded = settle("d1", 61, true).refused();
    QuotaUse open = view("ana", "").use();
    List<String> closed = settle("d1", 30, true).settled();
    List<String> late = settle("d1", 20, false).settled();
    List<QuotaEffect.Refused> more = settle("d1", 31, true).refused();

    // Then
    assertThat(open.baseUsedNanos()).isEqualTo(20 * SECOND);
    assertThat(open.baseDrawnNanos()).isEqualTo(40 * SECOND);
    assertThat(shrunk).singleElement().satisfies(r -> assertThat(r.message()).contains("never"));
    assertThat(exceeded).singleElement().satisfies(r -> assertThat(r.message()).contains("allows"));
    assertThat(closed).containsExactly("d1");
    assertThat(late).containsExactly("d1");
    assertThat(more).singleElement().satisfies(r -> assertThat(r.message()).contains("closed"));
    assertThat(view("ana", "").use()).isEqualTo(new QuotaUse(30 * SECOND, 0, 0, 0, 1));
  }

  @Test
  void severalDrawsOfAVisitorInOneReportAllCountAndTheLastWriteHasThemAll() {
    // Given
    draw("d1", "ana", "free", 10, 10);
    draw("d2", "ana", "free", 10, 10);

    // When
    step(
        new QuotaEvent.Settled(
            "node-1",
            List.of(new Spent("d1", 7 * SECOND, 1, true), new Spent("d2", 8 * SECOND, 1, true))));

    // Then
    QuotaEffect.Saved last =
        effects.stream()
            .filter(QuotaEffect.Saved.class::isInstance)
            .map(QuotaEffect.Saved.class::cast)
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(last.quota()).isEqualTo(state.visitors().get("ana"));
    assertThat(last.quota().baseUsedNanos()).isEqualTo(15 * SECOND);
  }

  @Test
  void anotherNodeCannotSettleAndAnUnknownDrawIsPastOnceItIsClosed() {
    // Given
    draw("d1", "ana", "free", 60, 60);

    // When
    step(new QuotaEvent.Settled("node-2", List.of(new Spent("d1", 1, 1, true))));

    // Then
    assertThat(settlement().refused()).hasSize(1);
    assertThat(settle("gone", 0, 0, true).settled()).containsExactly("gone");
    assertThat(settle("strange", 1, 1, false).refused()).hasSize(1);
    assertThat(draw("gone", "ana", "free", 1, 1)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void aDrawBelongsToTheWindowItWasDrawnIn() {
    // Given
    draw("d1", "ana", "free", 200, 200);
    now += DAY;
    draw("d2", "ana", "free", 10, 10);

    // When
    settle("d1", 150, true);

    // Then
    assertThat(view("ana", "").use()).isEqualTo(new QuotaUse(0, 10 * SECOND, 0, 0, 1));
  }

  @Test
  void aWindowInWhichNothingWasUsedHasNotBegun() {
    // When
    draw("d1", "ana", "free", 200, 200);
    settle("d1", 0, 0, true);

    // Then
    assertThat(view("ana", "").endNanos()).isZero();
  }

  @Test
  void creditsBeginWhereTheBaseEnds() {
    // Given: 390 of 400 s are used
    draw("d1", "pia", "pro", 390, 390);
    settle("d1", 390, true);

    // When: of 70 s, 60 are to be paid
    step(new QuotaEvent.Drawn(ask("d2", "pia", "pro", 70, 70, 1)));
    assertThat(effects)
        .contains(new QuotaEffect.Reserve("d2", "pia", 100_000, 100_000))
        .noneMatch(QuotaEffect.Answered.class::isInstance);
    step(new QuotaEvent.Reserved("d2", new QuotaEvent.Reservation.Given(100_000)));
    Allowance paid = given(answer());
    settle("d2", 40, true);

    // Then
    assertThat(paid.nanos()).isEqualTo(70 * SECOND);
    assertThat(paid.creditNanos()).isEqualTo(60 * SECOND);
    assertThat(effects).contains(new QuotaEffect.Charge("d2", "pia", 50_000));
    assertThat(view("pia", "").use()).isEqualTo(new QuotaUse(400 * SECOND, 0, 30 * SECOND, 0, 2));

    // When: the hub has not said that it knows, then it has
    step(new QuotaEvent.Tick());
    assertThat(effects).contains(new QuotaEffect.Charge("d2", "pia", 50_000));
    step(new QuotaEvent.Charged("d2"));
    step(new QuotaEvent.Tick());
    assertThat(effects).noneMatch(QuotaEffect.Charge.class::isInstance);
  }

  @Test
  void withoutCreditsOrAnAnswerOnlyTheBaseIsGiven() {
    // Given
    draw("d1", "pia", "pro", 390, 390);

    // When
    step(new QuotaEvent.Drawn(ask("d2", "pia", "pro", 70, 70, 1)));
    step(new QuotaEvent.Reserved("d2", new QuotaEvent.Reservation.Unknown()));
    Answer unknown = answer();
    List<QuotaEffect> after = List.copyOf(effects);
    step(new QuotaEvent.Drawn(ask("d3", "pia", "pro", 70, 70, 1)));
    step(new QuotaEvent.Reserved("d3", new QuotaEvent.Reservation.Refused(true)));
    Answer pending = answer();

    // Then
    assertThat(unknown)
        .isEqualTo(new Answer.Refused(Answer.Code.QUOTA_EXHAUSTED, 10 * SECOND, DAY));
    assertThat(after).contains(new QuotaEffect.Charge("d2", "pia", 0));
    assertThat(pending).isEqualTo(new Answer.Refused(Answer.Code.CREDIT_PENDING, 10 * SECOND, DAY));
    assertThat(draw("d4", "pia", "pro", 10, 10)).isInstanceOf(Answer.Given.class);
  }

  @Test
  void whatIsPastIsForgottenButNotWhatCreditsAreReservedFor() {
    // Given
    draw("d1", "ana", "free", 60, 60);
    draw("d2", "pia", "pro", 390, 390);
    step(new QuotaEvent.Drawn(ask("d3", "pia", "pro", 70, 70, 1)));
    step(new QuotaEvent.Reserved("d3", new QuotaEvent.Reservation.Given(100_000)));

    // When
    now += 2 * DAY;
    step(new QuotaEvent.Tick());

    // Then
    assertThat(effects).contains(new QuotaEffect.Removed("ana"));
    assertThat(state.owners()).containsOnlyKeys("d3");
    assertThat(QuotaState.of(state.visitors().values()).owners()).isEqualTo(state.owners());
  }

  @Test
  void aNodeThatNeverComesBackIsChargedWhatItToldAndTheCreditsAreFree() {
    // Given
    draw("d1", "pia", "pro", 390, 390);
    settle("d1", 390, true);
    step(new QuotaEvent.Drawn(ask("d2", "pia", "pro", 70, 70, 1)));
    step(new QuotaEvent.Reserved("d2", new QuotaEvent.Reservation.Given(100_000)));
    settle("d2", 40, false);

    // When: nearly long enough, then long enough
    now += 8 * DAY - 1;
    step(new QuotaEvent.Tick());
    assertThat(state.draw("d2")).isInstanceOf(Draw.Open.class);
    now += 1;
    step(new QuotaEvent.Tick());

    // Then: written down first, told to the hub next
    assertThat(effects).hasSize(1).first().isInstanceOf(QuotaEffect.Saved.class);
    step(new QuotaEvent.Tick());
    assertThat(effects).contains(new QuotaEffect.Charge("d2", "pia", 50_000));
    step(new QuotaEvent.Charged("d2"));
    assertThat(settle("d2", 60, true).refused()).extracting("id").containsExactly("d2");
    now += DAY;
    step(new QuotaEvent.Tick());
    assertThat(effects).contains(new QuotaEffect.Removed("pia"));
    assertThat(settle("d2", 60, true).settled()).containsExactly("d2");
  }

  @Test
  void aBetterTierCountsAtOnceAndAWorseOneTakesNothingBack() {
    // Given
    draw("d1", "ana", "free", 300, 300);

    // When // Then
    assertThat(draw("d2", "ana", "pro", 100, 100)).isInstanceOf(Answer.Given.class);
    assertThat(draw("d3", "ana", "free", 1, 1))
        .isEqualTo(new Answer.Refused(Answer.Code.QUOTA_EXHAUSTED, 0, DAY));
    assertThat(view("ana", "free").use().left(300 * SECOND)).isZero();
  }

  @Test
  void badAsksAreNamed() {
    assertThat(draw("d1", "ana", "gold", 1, 1))
        .isEqualTo(
            new Answer.Contradicted(
                "tier=gold is unknown; expected one of [anonymous, free, pro]"));
    assertThat(draw("d1", "ana", "free", 2, 1)).isInstanceOf(Answer.Contradicted.class);
    assertThat(draw("", "ana", "free", 1, 1)).isInstanceOf(Answer.Contradicted.class);
  }

  private void step(QuotaEvent event) {
    QuotaDecision decision = quotas.step(state, event, now);
    state = decision.state();
    effects.clear();
    effects.addAll(decision.effects());
  }

  private static Ask ask(String id, String visitor, String tier, long need, long want, int runs) {
    return new Ask(id, "node-1", visitor, tier, need * SECOND, want * SECOND, runs);
  }

  private Answer draw(String id, String visitor, String tier, long need, long want) {
    return draw(ask(id, visitor, tier, need, want, 1));
  }

  private Answer draw(Ask ask) {
    step(new QuotaEvent.Drawn(ask));
    return answer();
  }

  private Answer answer() {
    return effects.stream()
        .filter(QuotaEffect.Answered.class::isInstance)
        .map(effect -> ((QuotaEffect.Answered) effect).answer())
        .findFirst()
        .orElseThrow();
  }

  private static Allowance given(Answer answer) {
    return ((Answer.Given) answer).allowance();
  }

  private QuotaEffect.SettlementAnswered settle(String id, long seconds, boolean closed) {
    return settle(id, seconds, 1, closed);
  }

  private QuotaEffect.SettlementAnswered settle(String id, long seconds, int runs, boolean closed) {
    step(new QuotaEvent.Settled("node-1", List.of(new Spent(id, seconds * SECOND, runs, closed))));
    return settlement();
  }

  private QuotaEffect.SettlementAnswered settlement() {
    return (QuotaEffect.SettlementAnswered) effects.getLast();
  }

  private QuotaView view(String visitor, String tier) {
    return Objects.requireNonNull(QuotaView.of(state, POLICY, visitor, tier, now));
  }
}
