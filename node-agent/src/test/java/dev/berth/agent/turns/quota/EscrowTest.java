package dev.berth.agent.turns.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.turns.quota.Reserved.NeedsDraw;
import dev.berth.agent.turns.quota.Reserved.Ready;
import dev.berth.agent.turns.quota.Reserved.Refused;
import dev.berth.agent.turns.quota.Reserved.Refused.Code;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EscrowTest {
  private static final long EXPIRES = 1000;

  private static Escrow holding(long nanos, int runs) {
    return Escrow.EMPTY.given(Allowance.drawn("d1", "ann", nanos, runs, EXPIRES, 0));
  }

  private static Escrow reserved(Escrow escrow, String turn, long declared) {
    Ready ready = (Ready) escrow.reserve("ann", declared, declared, 1);
    return escrow.reserved(turn, ready.reservation());
  }

  private static Allowance allowance(Escrow escrow, String drawId) {
    return Objects.requireNonNull(escrow.allowances().get(drawId));
  }

  @Test
  void whatIsHeldNeedsNoDraw() {
    Escrow escrow = reserved(holding(100, 2), "t1", 60);
    assertThat(escrow.freeNanos("ann", 1)).isEqualTo(40);
    assertThat(escrow.reserve("ann", 60, 60, 1)).isEqualTo(new NeedsDraw(20, 200, 4));
    assertThat(escrow.reserve("bob", 1, 1, 1)).isInstanceOf(NeedsDraw.class);
  }

  @Test
  void aShortSpaceGetsInWithLessThanItDeclares() {
    Escrow escrow = holding(30, 1);
    assertThat(escrow.reserveFromHeld("ann", 60, 20, 1))
        .isInstanceOfSatisfying(
            Ready.class, r -> assertThat(r.reservation().nanos()).isEqualTo(30));
    assertThat(escrow.reserveFromHeld("ann", 60, 31, 1))
        .isEqualTo(new Refused(Code.QUOTA_EXHAUSTED, 30, 0));
  }

  @Test
  void runsAreSpentToo() {
    Escrow escrow = reserved(holding(100, 1), "t1", 10);
    assertThat(escrow.reserveFromHeld("ann", 10, 10, 1))
        .isEqualTo(new Refused(Code.RUNS_EXHAUSTED, 90, 0));
  }

  @Test
  void aTurnPaysWhatItUsedAndTheRestIsFreeAgain() {
    // Given
    Escrow escrow = reserved(holding(100, 3), "t1", 60);
    // When
    Escrow settled = escrow.settled("t1", 25, 9);
    // Then
    assertThat(settled.freeNanos("ann", 1)).isEqualTo(75);
    assertThat(allowance(settled, "d1").usedNanos()).isEqualTo(25);
    assertThat(allowance(settled, "d1").usedRuns()).isEqualTo(1);
    assertThat(settled.settled("t1", 25, 9)).isEqualTo(settled);
    assertThat(escrow.dropped("t1").freeNanos("ann", 1)).isEqualTo(100);
  }

  @Test
  void aReservationMaySpanAllowances() {
    Escrow escrow = holding(50, 1).given(Allowance.drawn("d2", "ann", 50, 1, EXPIRES, 0));
    Escrow settled = reserved(escrow, "t1", 80).settled("t1", 70, 9);
    assertThat(allowance(settled, "d1").usedNanos()).isEqualTo(50);
    assertThat(allowance(settled, "d2").usedNanos()).isEqualTo(20);
    assertThat(allowance(settled, "d2").usedRuns()).isZero();
  }

  @Test
  void nothingBeginsOnWhatHasExpired() {
    Escrow escrow = reserved(holding(100, 2), "t1", 60);
    Reservation reservation = Objects.requireNonNull(escrow.reservations().get("t1"));
    assertThat(escrow.begins(reservation, EXPIRES - 1)).isTrue();
    assertThat(escrow.begins(reservation, EXPIRES)).isFalse();
    assertThat(escrow.freeNanos("ann", EXPIRES)).isZero();
  }

  @Test
  void whatNobodyNeedsGoesBackOnceNoTurnIsOnIt() {
    Escrow escrow = reserved(holding(100, 2), "t1", 60);
    assertThat(escrow.closable(50, 1, 10)).isEmpty();
    assertThat(escrow.settled("t1", 1, 45).closable(50, 1, 10)).isEmpty();
    assertThat(escrow.settled("t1", 1, 40).closable(50, 1, 10)).containsExactly("d1");
    Escrow closed = escrow.settled("t1", 1, 40).closed("d1");
    assertThat(closed.freeNanos("ann", 1)).isZero();
    assertThat(closed.forgotten("d1").allowances()).isEmpty();
  }

  @Test
  void aRepeatedAnswerGivesNothingMore() {
    Escrow escrow = reserved(holding(100, 2), "t1", 60).settled("t1", 60, 1);
    Escrow again = escrow.given(Allowance.drawn("d1", "ann", 100, 2, EXPIRES, 0));
    assertThat(again.freeNanos("ann", 1)).isEqualTo(40);
  }
}
