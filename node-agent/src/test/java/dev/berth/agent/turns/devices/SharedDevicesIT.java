package dev.berth.agent.turns.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.devices.SharedDevice;
import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.api.process.ConfigException;
import dev.berth.turns.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDevicesIT {
  private static final List<String> NAMES =
      List.of("gpu-0", "gpu-1-mig-3g-71gb-0", "gpu-1-mig-3g-71gb-4", "gpu-2");

  @TempDir Path dir;
  private final Set<String> blocked = new HashSet<>();

  @SuppressWarnings("NullAway.Init")
  private DeviceBackend backend;

  @BeforeEach
  void open() throws IOException {
    Path yaml = Files.writeString(dir.resolve("n.yaml"), "cards: [{model: H200-141, count: 4}]\n");
    backend = new SimulatedBackend("n1", yaml, 0, dir.resolve("mig.json"), "b", Set::of);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private SharedDevices shared(List<String> names) {
    return new SharedDevices(backend, names, LentCards.none(), blocked::contains);
  }

  private List<String> instances() {
    return backend.instances().stream().map(MigInstance::place).map(DeviceSpec::nameOf).toList();
  }

  @Test
  void slicesAreCutAtStartAndPairWithinTheirCard() {
    SharedDevices shared = shared(NAMES);
    // When
    shared.cut(Set.of());
    // Then
    assertThat(instances()).containsExactlyInAnyOrder(NAMES.get(1), NAMES.get(2));
    assertThat(shared.usable()).extracting(Device::index).containsExactly(0, 1, 2, 3);
    assertThat(List.of(shared.name(0), shared.name(1), shared.name(2), shared.name(3)))
        .containsExactly("gpu-0", "gpu-2", NAMES.get(1), NAMES.get(2));
    assertThat(shared.uuid(List.of(2))).startsWith("MIG-");
    assertThat(shared.uuid(List.of(0, 1))).contains("GPU-").contains(",");
    assertThat(shared.list()).extracting(SharedDevice::uuid).noneMatch(String::isEmpty);
  }

  @Test
  void aPairOfSlicesIsGivenAsOneInstanceOverTheWholeCard() {
    // Given
    SharedDevices shared = shared(NAMES);
    shared.cut(Set.of());
    assertThat(shared.isReady(List.of(2))).isTrue();
    assertThat(shared.isReady(List.of(2, 3))).isFalse();
    // When
    shared.provide(List.of(2, 3));
    // Then
    assertThat(instances()).containsExactly("gpu-1-mig-7g-141gb-0");
    assertThat(shared.uuid(List.of(2, 3))).startsWith("MIG-").doesNotContain(",");
    assertThat(shared.isReady(List.of(3))).isFalse();
    // When
    shared.provide(List.of(3));
    // Then
    assertThat(instances()).containsExactlyInAnyOrder(NAMES.get(1), NAMES.get(2));
  }

  @Test
  void aRestartedAgentKeepsWhatATurnUses() {
    SharedDevices before = shared(NAMES);
    before.cut(Set.of());
    before.provide(List.of(2, 3));
    String uuid = before.uuid(List.of(2, 3));
    // When
    SharedDevices after = shared(NAMES);
    after.cut(Set.of(2, 3));
    // Then
    assertThat(after.isReady(List.of(2, 3))).isTrue();
    assertThat(after.uuid(List.of(2, 3))).isEqualTo(uuid);
  }

  @Test
  void theRestOfTheAgentSeesOnlyWhatIsNotShared() {
    SharedDevices shared = shared(NAMES);
    shared.cut(Set.of());
    DedicatedDevices rest = new DedicatedDevices(backend, shared);
    assertThat(rest.inventory().cards()).extracting("name").containsExactly("gpu-3");
    assertThat(rest.inventory().specs()).doesNotContainKeys("gpu-0", "gpu-1-mig-3g-71gb-0");
    assertThat(rest.instances()).isEmpty();
    assertThat(rest.shared()).hasSize(4);
  }

  @Test
  void aCardThatIsHeldOrIllIsNotUsed() {
    blocked.add("gpu-1");
    SharedDevices shared = shared(NAMES);
    shared.cut(Set.of());
    assertThat(instances()).isEmpty();
    assertThat(shared.usable()).extracting(Device::index).containsExactly(0, 1);
  }

  @Test
  void namesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> shared(List.of("gpu-9")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gpu-9");
    assertThatThrownBy(() -> shared(List.of("cpu"))).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> shared(List.of("gpu-1", "gpu-1-mig-3g-71gb-0")))
        .hasMessageContaining("overlaps");
    assertThatThrownBy(() -> shared(List.of("gpu-1-mig-4g-71gb-0", "gpu-1-mig-3g-71gb-0")))
        .hasMessageContaining("overlaps");
  }
}
