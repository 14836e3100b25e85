package dev.berth.operator.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.turns.v1.QuotaPolicy;
import dev.berth.api.turns.v1.TierQuota;
import dev.berth.api.zerogpu.Hosting.HostedSpace;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.resolve.SeatHosting;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostingRuleTest {
  private final List<HostedSpace> hosted = new ArrayList<>();
  private Terms terms = free(1);
  private final HostingRule rule = new HostingRule(namespace -> hosted, account -> terms);

  private static Terms free(int spaces) {
    return new Terms.Known(
        "free",
        QuotaPolicy.newBuilder()
            .addTiers(TierQuota.newBuilder().setTier("free").setSpaces(spaces))
            .build());
  }

  private Optional<Unresolved> refusal(String name) {
    return rule.refusal(new Identity(WorkloadKind.SPACE, "acme", name, "u"));
  }

  @Test
  void beyondTheLimitIsRefusedWithNumbersAndWaysOutUntilAnotherGoes() {
    // Given
    hosted.add(new HostedSpace("old", 1, true));
    hosted.add(new HostedSpace("new", 2, false));

    // When
    Optional<Unresolved> refused = refusal("new");
    Optional<Unresolved> old = refusal("old");
    hosted.removeFirst();

    // Then
    assertThat(old).isEmpty();
    assertThat(refused)
        .hasValueSatisfying(
            no -> {
              assertThat(no.reason()).isEqualTo(SeatHosting.LIMIT);
              assertThat(no.forNow()).isFalse();
              assertThat(no.message())
                  .contains("account acme", "Tier free may host 1", "1 came before new", "delete");
            });
    assertThat(refusal("new")).isEmpty();
  }

  @Test
  void aHigherLimitAdmits() {
    // Given
    hosted.add(new HostedSpace("old", 1, true));
    hosted.add(new HostedSpace("new", 2, false));

    // When
    terms = free(2);

    // Then
    assertThat(refusal("new")).isEmpty();
  }

  @Test
  void whileNobodyTellsTheLimitWhatIsAdmittedStaysAndWhatIsNewWaits() {
    // Given
    hosted.add(new HostedSpace("old", 1, true));
    hosted.add(new HostedSpace("new", 2, false));

    // When
    terms = new Terms.Unknown("the hub");

    // Then
    assertThat(refusal("old")).isEmpty();
    assertThat(refusal("new"))
        .hasValueSatisfying(
            no -> {
              assertThat(no.reason()).isEqualTo(SeatHosting.UNKNOWN);
              assertThat(no.forNow()).isTrue();
              assertThat(no.message()).contains("the hub does not answer", "acme");
            });
  }

  @Test
  void oneThatTheCacheDoesNotHaveIsLookedAtLater() {
    assertThat(refusal("gone")).isEmpty();
  }
}
