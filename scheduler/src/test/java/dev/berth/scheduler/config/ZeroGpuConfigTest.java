package dev.berth.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.process.ConfigFile;
import dev.berth.turns.quota.TierPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeroGpuConfigTest {
  @TempDir private Path directory;

  @Test
  void whatIsNotSaidIsAsTheProductHasIt() throws Exception {
    // When
    ZeroGpuConfig config =
        read("quotas: {maxDuration: PT8M, tiers: {free: {base: PT1M, maxDuration: PT50S}}}");

    // Then
    assertThat(config.policy().tier("free"))
        .isEqualTo(
            new TierPolicy(
                Duration.ofMinutes(1).toNanos(),
                Duration.ofSeconds(50).toNanos(),
                150,
                2,
                2,
                false));
    assertThat(config.policy().tier("pro"))
        .isEqualTo(
            new TierPolicy(
                Duration.ofMinutes(40).toNanos(),
                Duration.ofMinutes(10).toNanos(),
                1_200,
                4,
                10,
                true));
    assertThat(config.policy().longestTurn(Objects.requireNonNull(config.policy().tier("pro"))))
        .isEqualTo(Duration.ofMinutes(8).toNanos());
    assertThat(config.policy().windowNanos()).isEqualTo(Duration.ofHours(24).toNanos());
    assertThat(config.policy().microUsdPerMinute()).isEqualTo(100_000);
    assertThat(config.hubAddresses()).isEmpty();
  }

  @Test
  void theChartSaysTheStandard() throws Exception {
    // Given
    String values = Files.readString(Path.of("..", "charts", "berth", "values.yaml"));
    int from = values.indexOf("  zeroGpu:\n") + "  zeroGpu:\n".length();
    String chart = values.substring(from, values.indexOf("  resources:", from));

    // When // Then
    assertThat(read(chart).policy()).isEqualTo(new ZeroGpuConfig(null, null).policy());
  }

  @Test
  void badValuesAreNamedWithWhatIsExpected() {
    assertThatThrownBy(() -> read("quotas: {tiers: {gold: {}}}"))
        .hasMessageContaining("zeroGpu.quotas.tiers.gold is unknown")
        .hasMessageContaining("anonymous, free, pro, team, enterprise");
    assertThatThrownBy(() -> read("quotas: {tiers: {pro: {base: PT-1S}}}"))
        .hasMessageContaining("zeroGpu.quotas.tiers.pro: base is -1000000000; expected 0 to");
    assertThatThrownBy(() -> read("quotas: {tiers: {pro: {maxDuration: PT0S}}}"))
        .hasMessageContaining("zeroGpu.quotas.tiers.pro: maxDuration is 0; expected 1 to");
    assertThatThrownBy(() -> read("quotas: {tiers: {pro: {runs: -1}}}"))
        .hasMessageContaining("runs is -1; expected 0 to 100000");
    assertThatThrownBy(() -> read("quotas: {window: PT0S}"))
        .hasMessageContaining("zeroGpu.quotas: window is 0; expected 1 to");
    assertThatThrownBy(() -> read("quotas: {maxDuration: PT25H}"))
        .hasMessageContaining("maxDuration is 90000000000000; expected 1 to 86400000000000");
    assertThatThrownBy(() -> read("quotas: {microUsdPerMinute: 0}"))
        .hasMessageContaining("microUsdPerMinute is 0");
    assertThatThrownBy(() -> read("quota: {}")).hasMessageContaining("quota");
  }

  private ZeroGpuConfig read(String yaml) throws Exception {
    return ConfigFile.read(
        Files.writeString(directory.resolve("zero.yaml"), yaml), ZeroGpuConfig.class);
  }
}
