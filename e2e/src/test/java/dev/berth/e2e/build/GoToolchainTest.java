package dev.berth.e2e.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoToolchainTest {
  @Test
  void readsTheMinorVersion() {
    assertThat(GoToolchain.minor("go1.26.8\n")).contains(26);
    assertThat(GoToolchain.minor("go1.27rc1")).contains(27);
    assertThat(GoToolchain.minor("devel +abc")).isEmpty();
  }
}
