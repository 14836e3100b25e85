package dev.berth.e2e.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final String TABLE =
      """
      Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
      eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
      br0	0007C80A	00000000	0001	0	0	0	00FFFFFF	0	0	0
      """;

  @Test
  void aNetworkWithARouteIsTaken() {
    assertThat(Routes.parse(TABLE).isFree("10.200.7")).isFalse();
  }

  @Test
  void theDefaultRouteTakesNothing() {
    assertThat(Routes.parse(TABLE).isFree("10.200.8")).isTrue();
  }

  @Test
  void twoHomesGetDifferentNetworks() {
    // Given
    var first = PodNetwork.choose("berth-1a2b3c", prefix -> true);

    // When
    var second = PodNetwork.choose("berth-1a2b3c", prefix -> !prefix.equals(first.prefix()));

    // Then
    assertThat(second.prefix()).isNotEqualTo(first.prefix());
    assertThat(first.gateway()).isEqualTo(first.prefix() + ".1");
    assertThat(first.subnet()).isEqualTo(first.prefix() + ".0/24");
  }
}
