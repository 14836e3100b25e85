package dev.berth.e2e.home;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
  @Test
  void refusesAPathThatLeavesNoRoomForSockets() {
    assertThatThrownBy(() -> Home.at(Path.of("/" + "d".repeat(60))))
        .hasMessageContaining("61 characters")
        .hasMessageContaining("--home /tmp/berth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/a b", "/tmp/a'b", "/tmp/a,b", "/tmp/a:b", "/tmp/a$b"})
  void refusesPathsThatShellsOrFormatsWouldMisread(String path) {
    assertThatThrownBy(() -> Home.at(Path.of(path))).hasMessageContaining(path);
  }
}
