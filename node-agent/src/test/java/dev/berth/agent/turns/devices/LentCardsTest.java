package dev.berth.agent.turns.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Ledger;
import dev.berth.agent.core.Moment;
import dev.berth.agent.core.PreparedClaim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LentCardsTest {
  private static final PreparedClaim CLAIM = new PreparedClaim("u", "ns", "c", List.of());
  private AgentState state = AgentState.empty("j");
  private long nanos;
  private final LentCards lent = new LentCards(List.of("gpu-0", "gpu-1"), () -> state, () -> nanos);

  private static Grant grant(Footprint footprint) {
    LeaseDevice device = new LeaseDevice("d", "M", footprint);
    return new Grant("l", 1, "acme", "Space acme/a", "f", "1", List.of(device), false);
  }

  private void happens(Event event) {
    state = Ledger.step(state, event, new Moment(1, 1));
  }

  @Test
  void aLeaseWantsItsCardFromTheGrantUntilItIsGone() {
    // Given
    Grant grant = grant(new Footprint.Mig("gpu-1", 1));
    assertThat(lent.wanted()).isEmpty();

    // When // Then
    happens(new Event.LeaseGranted(grant));
    assertThat(lent.wanted()).containsExactly("gpu-1");
    happens(new Event.LeasePrepared(grant, CLAIM));
    happens(new Event.LeaseRevoked("l", 2));
    assertThat(lent.wanted()).containsExactly("gpu-1");
    happens(new Event.LeaseUnprepared("l"));
    assertThat(lent.wanted()).isEmpty();
  }

  @Test
  void aClaimWantsItsCardUntilItIsPreparedOrGivenUp() {
    // Given
    Grant grant = grant(new Footprint.Whole("gpu-0"));

    // When // Then
    lent.claim(List.of("gpu-0", "gpu-7"));
    assertThat(lent.wanted()).containsExactly("gpu-0");
    nanos = Duration.ofMinutes(3).toNanos();
    assertThat(lent.wanted()).isEmpty();
    lent.claim(List.of("gpu-0"));
    happens(new Event.LeasePrepared(grant, CLAIM));
    assertThat(lent.wanted()).containsExactly("gpu-0");
    happens(new Event.LeaseRevoked("l", 2));
    happens(new Event.LeaseUnprepared("l"));
    assertThat(lent.wanted()).isEmpty();
  }
}
