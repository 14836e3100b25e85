package dev.berth.agent.core;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantRulesTest {
  private AgentState state =
      Ledger.step(AgentState.empty("j"), new Event.Booted("b"), new Moment(0, 0));

  private void event(Event event) {
    state = Ledger.step(state, event, new Moment(1, 1));
  }

  @Test
  void lowerEpochsAreStaleForEver() {
    event(new Event.EpochSeen(7));
    event(new Event.EpochSeen(6));
    assertThat(GrantRules.stale(state, 6)).isTrue();
    assertThat(GrantRules.stale(state, 7)).isFalse();
    assertThat(GrantRules.onEpoch(state, 7)).isEmpty();
    assertThat(GrantRules.onEpoch(state, 8)).containsExactly(new Event.EpochSeen(8));
  }

  @Test
  void onlyNewsOfAFullListIsRecorded() {
    Grant a = grant("a#0", 1, whole(0));
    assertThat(GrantRules.onGrants(state, 1, Map.of("a#0", a), Set.of()))
        .containsExactly(new Event.LeaseGranted(a));
    event(new Event.LeaseGranted(a));
    assertThat(GrantRules.onGrants(state, 1, Map.of("a#0", a), Set.of())).isEmpty();
  }

  @Test
  void leasesMissingFromTheListWereReleasedUnheard() {
    event(new Event.LeasePrepared(grant("held#0", 1, whole(0)), claim("u", whole(0))));
    event(new Event.LeaseGranted(grant("idle#0", 1, whole(1))));
    assertThat(GrantRules.onGrants(state, 3, Map.of(), Set.of("held#0", "idle#0")))
        .containsExactlyInAnyOrder(
            new Event.LeaseRevoked("held#0", 3), new Event.LeaseRevoked("idle#0", 3));
  }

  @Test
  void aListMayBeOlderThanALeaseThatItDoesNotName() {
    // Given: prepared after the stream began, while the first list was under way.
    event(new Event.LeasePrepared(grant("young#0", 1, whole(0)), claim("u", whole(0))));

    // When
    List<Event> events = GrantRules.onGrants(state, 1, Map.of(), Set.of());

    // Then
    assertThat(events).isEmpty();
  }

  @Test
  void aLeaderOlderThanAPreparedLeaseIsStale() {
    // Given a node that has not heard of the leader that placed here, but is asked to prepare
    event(new Event.EpochSeen(2));

    // When
    event(new Event.LeasePrepared(grant("a#0", 3, whole(0)), claim("u", whole(0))));

    // Then
    assertThat(GrantRules.stale(state, 2)).isTrue();
    assertThat(GrantRules.stale(state, 3)).isFalse();
  }

  @Test
  void aRevokeIsRecordedOnceAndAgainOnlyWithALaterEpoch() {
    event(new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    event(new Event.LeaseRevoked("a#0", 3));
    assertThat(GrantRules.onRevoke(state, "a#0", 3)).isEmpty();
    assertThat(GrantRules.onRevoke(state, "a#0", 4)).hasSize(1);
    event(new Event.LeaseRevoked("a#0", 4));
    event(new Event.LeaseUnprepared("a#0"));
    assertThat(state.lease("a#0").orElseThrow().state()).isEqualTo(new LeaseState.Gone(4));
    assertThat(GrantRules.onRevoke(state, "a#0", 5)).isEmpty();
    assertThat(GrantRules.onRevoke(state, "unknown#0", 5)).hasSize(1);
  }
}
