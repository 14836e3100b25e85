package dev.berth.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  @Test
  void showsTwoUnitsAtMost() {
    assertThat(StatusCommand.text(Duration.ofSeconds(5))).isEqualTo("5s");
    assertThat(StatusCommand.text(Duration.ofSeconds(725))).isEqualTo("12m5s");
    assertThat(StatusCommand.text(Duration.ofSeconds(11525))).isEqualTo("3h12m");
  }
}
