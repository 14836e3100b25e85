package dev.berth.agent.turns.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.QuotaRules.TierRule;
import dev.berth.turns.model.Device;
import dev.berth.turns.model.Size;
import dev.berth.turns.queue.QueuePolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaRulesTest {
  private static final Moment NOW = new Moment(1, 1);
  private static final TurnPolicy POLICY =
      new TurnPolicy(QueuePolicy.DEFAULT, 10, 10, 10, 10, 10, 10, 0);
  private static final QuotaRules RULES =
      new QuotaRules(Map.of("anonymous", new TierRule(1, 10), "free", new TierRule(3, 50)));

  private final List<TurnEvent> before =
      List.of(
          new TurnEvent.DevicesSeen(List.of(new Device(0, 0, 1))),
          new TurnEvent.SeatOpened(new Seat("l", "c", "s/a", "")));

  private static Turns.Step call(TurnsState state, String tier, Size size, long nanos) {
    TurnRequest request = new TurnRequest("t", "l", "s/a", "ann", tier, "f", size, nanos);
    return Turns.step(state, new TurnEvent.Scheduled(request, true, "d"), NOW);
  }

  private TurnsState after(TurnEvent... more) {
    TurnsState state = TurnsState.of(POLICY, Book.EMPTY);
    for (TurnEvent event : before) {
      state = Turns.step(state, event, NOW).state();
    }
    for (TurnEvent event : more) {
      state = Turns.step(state, event, NOW).state();
    }
    return state;
  }

  @Test
  void aTurnThatIsLongerThanItsTierMayIsRefusedWithNumbers() {
    TurnsState state = after(new TurnEvent.PolicyHeard(RULES));
    assertThat(call(state, "free", Size.LARGE, 51).effects())
        .containsExactly(new TurnEffect.Answer("t", new TurnAnswer.TooLong(51, 50)));
    assertThat(call(state, "free", Size.XLARGE, 26).effects())
        .containsExactly(new TurnEffect.Answer("t", new TurnAnswer.TooLong(52, 50)));
    assertThat(call(state, "free", Size.LARGE, 50).effects())
        .singleElement()
        .isInstanceOf(TurnEffect.Ask.class);
  }

  @Test
  void aTierThatTheSchedulerDidNotNameMayNoMoreThanTheLeast() {
    TurnsState state = after(new TurnEvent.PolicyHeard(RULES));
    assertThat(call(state, "gold", Size.LARGE, 11).effects())
        .containsExactly(new TurnEffect.Answer("t", new TurnAnswer.TooLong(11, 10)));
  }

  @Test
  void whatWasHeardIsWrittenDownOnceAndHoldsAfterARestart() {
    TurnsState state = after();
    assertThat(state.book().rules()).isEqualTo(QuotaRules.STANDARD);
    // When
    Turns.Step first = Turns.step(state, new TurnEvent.PolicyHeard(RULES), NOW);
    Turns.Step second = Turns.step(first.state(), new TurnEvent.PolicyHeard(RULES), NOW);
    // Then
    assertThat(first.facts()).containsExactly(new TurnFact.PolicyHeard(RULES));
    assertThat(second.facts()).isEmpty();
    assertThat(Book.EMPTY.with(first.facts().getFirst()).rules()).isEqualTo(RULES);
  }
}
