package dev.berth.api.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  record Sample(String id, HostPort listen, Duration timeout) {}

  @TempDir Path dir;

  @Test
  void readsARecordWithItsUnits() throws IOException {
    // Given
    Path file = write("id: a\nlisten: {host: 127.0.0.1, port: 7001}\ntimeout: PT2S\n");

    // When
    Sample config = ConfigFile.fromArgs(new String[] {"--config", file.toString()}, Sample.class);

    // Then
    assertThat(config)
        .isEqualTo(new Sample("a", new HostPort("127.0.0.1", 7001), Duration.ofSeconds(2)));
  }

  @Test
  void refusesAnUnknownKeyByName() throws IOException {
    // Given
    Path file = write("id: a\nlisten: {host: h, port: 1, prot: 1}\n");

    // When // Then
    assertThatThrownBy(() -> ConfigFile.read(file, Sample.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("prot");
  }

  @Test
  void saysWhatItExpectedOnTheCommandLine() {
    assertThatThrownBy(() -> ConfigFile.fromArgs(new String[] {"x"}, Sample.class))
        .hasMessageContaining("--config FILE");
  }

  @Test
  void takesVariablesOfTheEnvironmentAndNamesAMissingOne() {
    // Given
    Path file = Path.of("c.yaml");

    // When // Then
    assertThat(ConfigFile.expand(file, "node: ${NODE}", Map.of("NODE", "gpu-1")))
        .isEqualTo("node: gpu-1");
    assertThatThrownBy(() -> ConfigFile.expand(file, "node: ${NODE}", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("${NODE}");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(dir.resolve("c.yaml"), yaml);
  }
}
