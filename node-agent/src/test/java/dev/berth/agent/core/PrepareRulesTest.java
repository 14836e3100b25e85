package dev.berth.agent.core;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.cpu;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.mig;
import static dev.berth.agent.core.Leases.share;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Verdict.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrepareRulesTest {
  private static final GrantView ALONE = new GrantView.Unknown();
  private AgentState state =
      Ledger.step(AgentState.empty("j"), new Event.Booted("b"), new Moment(0, 0));

  private void event(Event event) {
    state = Ledger.step(state, event, new Moment(1, 1));
  }

  private void prepared(String id, LeaseDevice... devices) {
    event(new Event.LeasePrepared(grant(id, 5, devices), claim("uid-" + id, devices)));
  }

  private Verdict check(Grant asked) {
    return check(asked, ALONE);
  }

  private Verdict check(Grant asked, GrantView view) {
    return PrepareRules.check(state, asked, claim("uid-new"), view, Map.of());
  }

  private static void assertRefused(Verdict verdict, Code code) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            r -> {
              assertThat(r.code()).isEqualTo(code);
              assertThat(r.message()).startsWith(code.name());
            });
  }

  @Test
  void localRulesDecideWithoutAScheduler() {
    assertThat(check(grant("a#0", 5, whole(0)))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void theSameClaimAgainIsFineAndAnotherClaimMustWait() {
    prepared("a#0", whole(0));
    assertThat(
            PrepareRules.check(state, grant("a#0", 5, whole(0)), claim("uid-a#0"), ALONE, Map.of()))
        .isInstanceOf(Verdict.AlreadyPrepared.class);
    assertRefused(check(grant("a#0", 5, whole(0))), Code.LEASE_HELD_BY_ANOTHER_CLAIM);
  }

  @Test
  void overlappingDevicesAreRefusedHeldOrDraining() {
    prepared("a#0", mig(0, 0b0011));
    for (LeaseDevice taken : List.of(whole(0), share(0, 100), mig(0, 0b0110))) {
      assertRefused(check(grant("b#0", 5, taken)), Code.DEVICE_BUSY);
    }
    event(new Event.LeaseRevoked("a#0", 6));
    assertRefused(check(grant("b#0", 7, whole(0))), Code.DEVICE_BUSY);
    assertThat(check(grant("b#0", 5, mig(0, 0b1100)))).isInstanceOf(Verdict.Accepted.class);
    assertThat(check(grant("b#0", 5, whole(1)))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void sharesGoTogetherUpToTheCard() {
    prepared("a#0", share(0, 600));
    assertThat(check(grant("b#0", 5, share(0, 400)))).isInstanceOf(Verdict.Accepted.class);
    assertRefused(check(grant("b#0", 5, share(0, 401))), Code.SHARE_EXCEEDS_CARD);
    assertRefused(check(grant("b#0", 5, whole(0))), Code.DEVICE_BUSY);
  }

  @Test
  void anyNumberHoldsTheProcessor() {
    prepared("a#0", cpu());
    assertThat(check(grant("b#0", 5, cpu()))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void aRevokedLeaseNeverComesBackEvenIfItWasNeverSeen() {
    event(new Event.LeaseRevoked("a#0", 5));
    assertRefused(check(grant("a#0", 5, whole(0))), Code.LEASE_GONE);
    prepared("b#0", whole(1));
    event(new Event.LeaseRevoked("b#0", 6));
    assertRefused(check(grant("b#0", 5, whole(1))), Code.LEASE_GONE);
  }

  @Test
  void aDeviceGrantedToAnotherInALaterEpochIsRefused() {
    event(new Event.LeaseGranted(grant("new#0", 7, whole(0))));
    assertRefused(check(grant("old#0", 6, whole(0))), Code.GRANTED_TO_ANOTHER_SINCE);
    assertThat(check(grant("newest#0", 8, whole(0)))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void aConnectedSchedulerMustHaveGrantedExactlyThis() {
    Grant granted = grant("a#0", 5, whole(0));
    GrantView view = new GrantView.Known(Map.of("a#0", granted));
    assertThat(check(granted, view)).isInstanceOf(Verdict.Accepted.class);
    assertRefused(check(grant("b#0", 5, whole(1)), view), Code.NOT_GRANTED);
    assertRefused(check(grant("a#0", 5, whole(1)), view), Code.GRANT_DIFFERS);
    assertRefused(check(grant("a#0", 4, whole(0)), view), Code.GRANT_DIFFERS);
  }

  @Test
  void anUnhealthyDeviceIsRefusedWithItsReason() {
    Verdict verdict =
        PrepareRules.check(
            state, grant("a#0", 5, whole(0)), claim("u"), ALONE, Map.of("gpu-0", "XID 79"));
    assertRefused(verdict, Code.DEVICE_UNHEALTHY);
    assertThat(((Verdict.Refused) verdict).message()).contains("gpu-0", "XID 79");
  }
}
