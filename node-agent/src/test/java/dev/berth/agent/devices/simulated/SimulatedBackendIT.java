package dev.berth.agent.devices.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.telemetry.DcgmField;
import dev.berth.agent.telemetry.ExporterClient;
import dev.berth.agent.telemetry.Reading;
import dev.berth.agent.telemetry.Reading.Key;
import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedBackendIT {
  @TempDir Path dir;
  private Path yaml = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private SimulatedBackend backend;

  @BeforeEach
  void open() throws IOException {
    yaml = dir.resolve("node.yaml");
    try (var example =
        Objects.requireNonNull(
            SimulatedBackendIT.class.getResourceAsStream("/examples/simulated-node.yaml"))) {
      Files.write(yaml, example.readAllBytes());
    }
    backend = backend("boot-1");
  }

  private SimulatedBackend backend(String boot) {
    return new SimulatedBackend(
        "n1", yaml, 0, dir.resolve("mig.json"), boot, () -> Set.of("gpu-0"));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private MigPlace place(String device) {
    DeviceSpec spec = Objects.requireNonNull(backend.inventory().specs().get(device));
    return spec.mig().orElseThrow();
  }

  /** As the agent does, asks again when a busy machine lets a call time out. */
  private Map<Key, Reading> scrape() {
    try (ExporterClient client = new ExporterClient(backend.exporterUrl())) {
      return await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsMatching(HttpTimeoutException.class::isInstance)
          .until(client::scrape, found -> true);
    }
  }

  private Reading reading(Key key) {
    return Objects.requireNonNull(scrape().get(key));
  }

  private String uuid(String card) {
    return backend.inventory().card(card).orElseThrow().uuid();
  }

  private void edit(String from, String to) throws IOException {
    Files.writeString(yaml, Files.readString(yaml).replace(from, to));
    Files.setLastModifiedTime(
        yaml, FileTime.fromMillis(Files.getLastModifiedTime(yaml).toMillis() + 5_000));
  }

  @Test
  void theExampleHasTheCardsItNames() {
    assertThat(backend.inventory().cards()).hasSize(14);
    assertThat(backend.inventory().timelines()).hasSize(14 + 8 + 1);
    assertThat(backend.inventory().specs())
        .containsKeys("gpu-10-mig-1g-18gb-0", "gpu-0-share", "tpu-1-3-0", "cpu");
  }

  @Test
  void theRealClientReadsTheExporter() throws Exception {
    Reading held = reading(Key.card(uuid("gpu-0")));
    assertThat(held.busy()).hasValue(0.75);
    assertThat(held.value(DcgmField.POWER).orElse(0)).isGreaterThan(300);
    assertThat(reading(Key.card(uuid("gpu-1"))).busy()).hasValue(0);
    double before = held.value(DcgmField.ENERGY).orElse(0);
    await()
        .until(() -> reading(Key.card(uuid("gpu-0"))).value(DcgmField.ENERGY).orElse(0) > before);
  }

  @Test
  void aCutCardHasRowsByInstanceOnly() throws Exception {
    // When
    MigInstance made = backend.create(place("gpu-10-mig-3g-71gb-4"));

    // Then
    Map<Key, Reading> rows = scrape();
    assertThat(rows).containsKey(new Key(uuid("gpu-10"), made.gpuInstanceId()));
    assertThat(rows).doesNotContainKey(Key.card(uuid("gpu-10")));
    assertThat(
            Objects.requireNonNull(rows.get(new Key(uuid("gpu-10"), made.gpuInstanceId())))
                .value(DcgmField.GPU_UTIL))
        .isEmpty();
  }

  @Test
  void instancesAreIdempotentExclusiveAndOutliveTheAgentNotAReboot() {
    MigInstance made = backend.create(place("gpu-10-mig-1g-35gb-0"));
    assertThat(backend.create(place("gpu-10-mig-1g-35gb-0"))).isEqualTo(made);
    assertThatThrownBy(() -> backend.create(place("gpu-10-mig-1g-18gb-1")))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("1g.18gb@1")
        .hasMessageContaining("1g.35gb@0");
    backend.close();
    backend = backend("boot-1");
    assertThat(backend.instances()).containsExactly(made);
    backend.close();
    backend = backend("boot-2");
    assertThat(backend.instances()).isEmpty();
  }

  @Test
  void faultsAreSetByEditingTheFile() throws Exception {
    // Given
    AtomicInteger changes = new AtomicInteger();
    backend.onChange(changes::incrementAndGet);

    // When
    edit("unhealthy: []", "unhealthy: [gpu-1]");

    // Then
    await().until(() -> changes.get() == 1);
    assertThat(backend.unhealthy()).containsOnlyKeys("gpu-1");
    assertThat(reading(Key.card(uuid("gpu-1"))).recentXids()).containsExactly(79);
  }

  @Test
  void aBrokenFileLaterKeepsTheFormerDevicesAndAtStartIsRefused() throws Exception {
    edit("model: T4-16", "model: T5");
    assertThatThrownBy(() -> backend("boot-1").close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'T5'")
        .hasMessageContaining("T4-16");
    await()
        .during(java.time.Duration.ofMillis(700))
        .until(() -> backend.inventory().cards().size() == 14);
  }
}
