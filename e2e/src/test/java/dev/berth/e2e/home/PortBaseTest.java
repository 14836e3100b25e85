package dev.berth.e2e.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.e2e.FleetException;
import org.junit.jupiter.api.Test;

class PortBaseTest {
  @Test
  void choosesTheFirstBlockThatIsFreeAsAWhole() {
    // When
    int base = PortBase.choose(port -> port != 17003 && port != 17121);

    // Then
    assertThat(base).isEqualTo(17200);
  }

  @Test
  void namesTheTakenPortsOfABaseThatWasAskedFor() {
    assertThatThrownBy(() -> PortBase.require(20000, port -> port != 20002))
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("20000")
        .hasMessageContaining("[20002]");
  }

  @Test
  void refusesABaseOutsideOfTheRange() {
    assertThatThrownBy(() -> PortBase.require(80, port -> true))
        .hasMessageContaining("80")
        .hasMessageContaining("1024");
  }
}
