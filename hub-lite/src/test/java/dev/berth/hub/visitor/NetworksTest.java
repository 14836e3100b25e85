package dev.berth.hub.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  private final Networks networks = new Networks(List.of("10.0.0.0/8", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7 |                          | 203.0.113.7",
        "203.0.113.7 | 198.51.100.1             | 203.0.113.7",
        "10.0.0.1    | 198.51.100.1             | 198.51.100.1",
        "10.0.0.1    | 192.0.2.9, 198.51.100.1  | 198.51.100.1",
        "10.0.0.1    | 198.51.100.1, 10.9.9.9   | 198.51.100.1",
        "10.0.0.1    | nonsense, 10.9.9.9       | 10.9.9.9",
        "fd00::1     | 2001:db8:1:2:3:4:5:6     | 2001:db8:1:2:0:0:0:0/64",
      })
  void onlyTrustedProxiesAreBelieved(String peer, String forwarded, String expected) {
    // Given
    var entries = forwarded == null ? List.<String>of() : List.of(forwarded.split(","));

    // When
    var network = networks.of(new Credentials(null, null, null, peer, entries));

    // Then
    assertThat(network).isEqualTo(expected);
  }

  @Test
  void aRangeThatIsNoneIsNamed() {
    assertThatThrownBy(() -> new Networks(List.of("10.0.0.0-10.0.0.9")))
        .hasMessageContaining("10.0.0.0-10.0.0.9")
        .hasMessageContaining("10.0.0.0/8");
  }
}
