package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameServersTest {
  @Test
  void leavesOutThoseThatAPodCannotReach() {
    // Given
    var file =
        """
        # made by hand
        search example.org
        nameserver 127.0.0.53
        nameserver 192.0.2.1
        """;

    // When
    var servers = NameServers.parse(file);

    // Then
    assertThat(servers).containsExactly("192.0.2.1");
  }
}
