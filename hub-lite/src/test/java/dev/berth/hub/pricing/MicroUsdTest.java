package dev.berth.hub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MicroUsdTest {
  @Test
  void showsSixDecimals() {
    assertThat(MicroUsd.format(0)).isEqualTo("$0.000000");
    assertThat(MicroUsd.format(1_234)).isEqualTo("$0.001234");
    assertThat(MicroUsd.format(1_000_000)).isEqualTo("$1.000000");
    assertThat(MicroUsd.format(-12_345_678)).isEqualTo("-$12.345678");
    assertThat(MicroUsd.format(Long.MIN_VALUE)).isEqualTo("-$9223372036854.775808");
  }
}
