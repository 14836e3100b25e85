package dev.berth.agent.core;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.share;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long WALL = 1_800_000_000_000_000_000L;
  private AgentState state = AgentState.empty("journal-1");

  private void at(long nanos, Event event) {
    state = Ledger.step(state, event, moment(nanos));
  }

  private static Moment moment(long nanos) {
    return new Moment(1_000 + nanos, WALL + nanos);
  }

  private void started() {
    at(0, new Event.Booted("boot-1"));
    at(0, new Event.DevicesSeen(Map.of("gpu-0", "H200-141", "gpu-1", "H200-141")));
  }

  private Timeline device(String name) {
    return java.util.Objects.requireNonNull(state.devices().get(name));
  }

  private Lease lease(String id) {
    return state.lease(id).orElseThrow();
  }

  @Test
  void countsHeldThenDrainingThenIdle() {
    // Given
    started();

    // When
    at(10, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(110, new Event.LeaseRevoked("a#0", 1));
    at(115, new Event.LeaseUnprepared("a#0"));
    at(120, new Event.Checkpoint());

    // Then
    assertThat(device("gpu-0"))
        .isEqualTo(new Timeline("gpu-0", "H200-141", 0, 100, 15, 5, 0, true));
    assertThat(device("gpu-1").idleNanos()).isEqualTo(120);
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(100);
    assertThat(lease("a#0").usage().untilUnix()).isEqualTo(WALL + 110);
    assertThat(lease("a#0").gone()).isTrue();
  }

  @Test
  void aSharedCardIsHeldWhileAnyLeaseHoldsIt() {
    // Given
    started();

    // When
    at(0, new Event.LeasePrepared(grant("a#0", 1, share(0, 500)), claim("u", share(0, 500))));
    at(10, new Event.LeasePrepared(grant("b#0", 1, share(0, 500)), claim("v", share(0, 500))));
    at(30, new Event.LeaseUnprepared("a#0"));
    at(40, new Event.LeaseUnprepared("b#0"));
    at(50, new Event.Checkpoint());

    // Then
    assertThat(device("gpu-0").heldNanos()).isEqualTo(40);
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(30);
    assertThat(lease("b#0").usage().heldNanos()).isEqualTo(30);
  }

  @Test
  void downtimeWithinOneBootStaysHeld() {
    // Given
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));

    // When: no process ran for 500 ns
    at(500, new Event.Booted("boot-1"));

    // Then
    assertThat(lease("a#0").held()).isTrue();
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(500);
    assertThat(device("gpu-0").unknownNanos()).isZero();
  }

  @Test
  void aRebootEndsWhatWasHeldAtTheLastRecordAndTheGapIsUnknown() {
    // Given
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(70, new Event.Checkpoint());

    // When: the monotonic clock starts anew, the wall clock says that 1000 ns passed
    state = Ledger.step(state, new Event.Booted("boot-2"), new Moment(5, WALL + 1070));
    state = Ledger.step(state, new Event.Checkpoint(), new Moment(25, WALL + 1090));

    // Then
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(70);
    assertThat(lease("a#0").usage().untilUnix()).isEqualTo(WALL + 70);
    assertThat(lease("a#0").state()).isInstanceOf(LeaseState.Granted.class);
    assertThat(device("gpu-0"))
        .isEqualTo(new Timeline("gpu-0", "H200-141", 0, 70, 20, 0, 1000, true));
  }

  @Test
  void clocksThatRunBackwardsTakeNothingAway() {
    // Given
    started();
    at(100, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(200, new Event.Checkpoint());

    // When
    state = Ledger.step(state, new Event.Checkpoint(), new Moment(0, 0));
    state = Ledger.step(state, new Event.Booted("boot-2"), new Moment(0, 0));

    // Then
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(100);
    assertThat(device("gpu-0").unknownNanos()).isZero();
  }

  @Test
  void untilGrowsAtLeastAsFastAsHeldWhenTheWallClockIsSetBack() {
    // Given
    started();
    at(100, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));

    // When
    state = Ledger.step(state, new Event.Checkpoint(), new Moment(1_150, WALL - 5_000));

    // Then
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(50);
    assertThat(lease("a#0").usage().untilUnix()).isEqualTo(WALL + 150);
  }

  @Test
  void whoPaysNeverChangesOnceHeld() {
    // Given
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(1, new Event.LeaseUnprepared("a#0"));

    // When
    Grant other = new Grant("a#0", 1, "else", "o", "f", "v9", lease("a#0").grant().devices());
    at(2, new Event.LeaseGranted(other));
    at(3, new Event.LeasePrepared(other, claim("v", whole(0))));

    // Then
    assertThat(lease("a#0").grant().account()).isEqualTo("acme");
  }

  @Test
  void aLeaseHeldTwiceAddsUpAndAGoneOneNeverComesBack() {
    // Given
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(10, new Event.LeaseUnprepared("a#0"));
    at(50, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("v", whole(0))));
    at(70, new Event.LeaseUnprepared("a#0"));
    at(70, new Event.LeaseRevoked("a#0", 2));

    // When
    at(80, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("w", whole(0))));
    at(90, new Event.LeaseGranted(grant("a#0", 1, whole(0))));

    // Then
    assertThat(lease("a#0").gone()).isTrue();
    assertThat(lease("a#0").usage().heldNanos()).isEqualTo(30);
  }

  @Test
  void aVanishedCardIsUnknown() {
    // Given
    started();

    // When
    at(10, new Event.DevicesSeen(Map.of("gpu-0", "H200-141")));
    at(30, new Event.DevicesSeen(Map.of("gpu-0", "H200-141", "gpu-1", "H200-141")));
    at(35, new Event.Checkpoint());

    // Then
    assertThat(device("gpu-1").unknownNanos()).isEqualTo(20);
    assertThat(device("gpu-1").idleNanos()).isEqualTo(15);
  }

  @Test
  void tombstonesAreBoundedButUnreportedUsageIsKept() {
    // Given
    started();
    at(0, new Event.LeasePrepared(grant("first#0", 1, whole(0)), claim("u", whole(0))));
    at(1, new Event.LeaseRevoked("first#0", 1));
    at(1, new Event.LeaseUnprepared("first#0"));

    // When
    for (int i = 0; i < Ledger.TOMBSTONES + 10; i++) {
      at(2, new Event.LeaseRevoked("unseen-" + i, 1));
    }

    // Then
    assertThat(state.leases()).hasSize(Ledger.TOMBSTONES).containsKey("first#0");
    assertThat(state.leases()).doesNotContainKey("unseen-0");
  }
}
