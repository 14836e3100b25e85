package dev.berth.api.zerogpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.turns.v1.QuotaPolicy;
import dev.berth.api.turns.v1.TierQuota;
import dev.berth.api.zerogpu.Hosting.HostedSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostingTest {
  private static final QuotaPolicy POLICY =
      QuotaPolicy.newBuilder()
          .addTiers(TierQuota.newBuilder().setTier("anonymous"))
          .addTiers(TierQuota.newBuilder().setTier("free").setSpaces(2))
          .build();
  private static final HostedSpace FIRST = new HostedSpace("z", 1, false);
  private static final HostedSpace SECOND = new HostedSpace("a", 2, false);
  private static final HostedSpace THIRD = new HostedSpace("b", 2, false);

  @Test
  void theOldestMayAndTheNextIsRefusedWithNumbers() {
    // Given
    List<HostedSpace> all = List.of(THIRD, FIRST, SECOND);

    // When // Then
    assertThat(Hosting.of(FIRST, all, "free", POLICY)).isEqualTo(new Hosting.Allowed());
    assertThat(Hosting.of(SECOND, all, "free", POLICY)).isEqualTo(new Hosting.Allowed());
    assertThat(Hosting.of(THIRD, all, "free", POLICY))
        .isInstanceOfSatisfying(
            Hosting.Refused.class,
            refused -> {
              assertThat(refused.limit()).isEqualTo(2);
              assertThat(refused.hosted()).isEqualTo(3);
              assertThat(refused.message()).contains("Tier free may host 2", "before b");
            });
  }

  @Test
  void whatIsAdmittedStaysWhenAnOlderOneWantsASeatLater() {
    // Given
    HostedSpace admitted = new HostedSpace("b", 2, true);
    HostedSpace another = new HostedSpace("c", 3, true);

    // When
    List<HostedSpace> all = List.of(FIRST, admitted, another);

    // Then
    assertThat(Hosting.of(admitted, all, "free", POLICY)).isEqualTo(new Hosting.Allowed());
    assertThat(Hosting.of(another, all, "free", POLICY)).isEqualTo(new Hosting.Allowed());
    assertThat(Hosting.of(FIRST, all, "free", POLICY)).isInstanceOf(Hosting.Refused.class);
  }

  @Test
  void anUnknownTierMayHostNone() {
    assertThat(Hosting.of(FIRST, List.of(), "gold", POLICY)).isInstanceOf(Hosting.Refused.class);
    assertThat(Hosting.of(FIRST, List.of(), "anonymous", POLICY))
        .isInstanceOf(Hosting.Refused.class);
  }
}
