package dev.berth.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.agent.location.Location;
import dev.berth.agent.turns.ZeroGpuConfig;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
  private static final String YAML =
      """
      node: berth-0
      kubeletRoot: /k
      cdiDir: /c
      journalDir: /j
      schedulers: ["127.0.0.1:7001"]
      metering: "127.0.0.1:7003"
      devices: {simulated: {file: /s.yaml, exporterPort: 9400}}
      tls: {ca: a, cert: b, key: c}
      management: {host: 127.0.0.1, port: 9090}
      """;

  @TempDir Path dir;

  private AgentConfig read(String yaml) throws IOException {
    return ConfigFile.read(Files.writeString(dir.resolve("a.yaml"), yaml), AgentConfig.class);
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws IOException {
    AgentConfig config = read(YAML);
    assertThat(config.reportInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.overcommit()).isEqualTo(new AgentConfig.Overcommit(1, 1));
    assertThat(config.kubeconfig()).isNull();
  }

  @Test
  void sharingDevicesByTurnsHasItsDefaults() throws IOException {
    assertThat(read(YAML).zeroGpu()).isNull();
    ZeroGpuConfig config =
        Objects.requireNonNull(
            read(YAML
                    + """
                    zeroGpu:
                      listen: {host: 10.0.0.5, port: 7080}
                      devices: [gpu-5]
                      defaultDuration: PT3M
                    """)
                .zeroGpu());
    assertThat(config.address(7080)).isEqualTo("http://10.0.0.5:7080");
    assertThat(config.waitAtMost()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.unsaid()).isEqualTo(Duration.ofMinutes(3));
    for (String lend : List.of("[gpu-5]", "[gpu-1, gpu-1]", "[gpu-1-mig-a-0]")) {
      assertThatThrownBy(
              () ->
                  read(
                      YAML
                          + "zeroGpu: {listen: {host: h, port: 1}, devices: [gpu-5-mig-a-0], lend: "
                          + lend
                          + "}\n"))
          .hasMessageContaining("zeroGpu.lend names gpu-");
    }
    assertThatThrownBy(
            () -> read(YAML + "zeroGpu: {listen: {host: h, port: 1}, devices: [gpu-5, gpu-5]}\n"))
        .hasMessageContaining("twice");
    assertThatThrownBy(
            () ->
                read(
                    YAML
                        + "zeroGpu: {listen: {host: h, port: 1}, devices: [a], pingInterval: PT16S}\n"))
        .hasMessageContaining("PT15S");
    assertThatThrownBy(
            () ->
                read(
                    YAML
                        + "zeroGpu: {listen: {host: h, port: 1}, devices: [a], weights: {pro: 8}}\n"))
        .hasMessageContaining("weights");
  }

  @Test
  void badConfigurationNamesTheKey() {
    assertThatThrownBy(() -> read(YAML.replace("node: berth-0\n", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'node'");
    assertThatThrownBy(
            () -> read(YAML.replace("simulated: {file: /s.yaml, exporterPort: 9400}", "")))
        .hasMessageContaining("exactly one of simulated");
    assertThatThrownBy(() -> read(YAML + "overcommit: {cpu: 0, memory: 1}\n"))
        .hasMessageContaining("overcommit");
  }

  @Test
  void aLocationIsReadAndABadPlaceOfATpuHostIsRefused() throws IOException {
    AgentConfig config =
        read(YAML + "location: {region: eu, tpu: {pod: p, at: 2-4, size: 16x16}}\n");
    assertThat(config.configuredLocation().region()).isEqualTo("eu");
    assertThat(config.configuredLocation().tpu()).isPresent();
    assertThat(read(YAML + "location: {}\n").configuredLocation()).isEqualTo(Location.UNKNOWN);
    assertThatThrownBy(() -> read(YAML + "location: {tpu: {pod: p, at: here, size: 16x16}}\n"))
        .hasMessageContaining("at: here");
  }
}
