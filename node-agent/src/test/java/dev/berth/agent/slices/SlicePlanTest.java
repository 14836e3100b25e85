package dev.berth.agent.slices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.Nodes;
import dev.berth.agent.devices.TpuBlock;
import dev.berth.agent.scheduler.NodeCapacity;
import io.fabric8.kubernetes.api.model.resource.v1.CounterSet;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicePlanTest {
  private static final NodeCapacity CAPACITY = new NodeCapacity(128_000, 384_000, 64, 16);

  private static List<ResourceSliceSpec> plan(NodeInventory node, Map<String, String> unhealthy) {
    return SlicePlan.withPool("n1", SlicePlan.of("n1", node, unhealthy, CAPACITY), 3);
  }

  private static List<Device> devices(List<ResourceSliceSpec> slices) {
    return slices.stream().flatMap(s -> s.getDevices().stream()).toList();
  }

  private static Device device(List<ResourceSliceSpec> slices, String name) {
    return devices(slices).stream().filter(d -> d.getName().equals(name)).findFirst().orElseThrow();
  }

  private static String text(Device d, String attribute) {
    return Objects.requireNonNull(d.getAttributes().get(attribute)).getString();
  }

  @ParameterizedTest
  @CsvSource({"H200-141,8", "RTXPRO6000-96,8", "B200-180,8", "T4-16,16", "L4-24,1"})
  void limitsOfTheApiAreKept(String model, int count) {
    List<ResourceSliceSpec> slices = plan(Nodes.of(model, count), Map.of("gpu-0", "XID 79"));
    for (ResourceSliceSpec s : slices) {
      assertThat(s.getDevices().isEmpty()).isNotEqualTo(s.getSharedCounters().isEmpty());
      assertThat(s.getDevices()).hasSizeLessThanOrEqualTo(64);
      assertThat(s.getSharedCounters()).hasSizeLessThanOrEqualTo(8);
      s.getSharedCounters().forEach(c -> assertThat(c.getCounters()).hasSizeBetween(1, 32));
      assertThat(s.getPool().getName()).isEqualTo("n1");
      assertThat(s.getPool().getGeneration()).isEqualTo(3);
      assertThat(s.getPool().getResourceSliceCount()).isEqualTo(slices.size());
      assertThat(s.getNodeName()).isEqualTo("n1");
    }
    for (Device d : devices(slices)) {
      assertThat(d.getAttributes().size() + d.getCapacity().size()).isLessThanOrEqualTo(32);
      assertThat(d.getConsumesCounters()).hasSizeLessThanOrEqualTo(2);
      d.getAttributes().values().stream()
          .filter(a -> a.getString() != null)
          .forEach(a -> assertThat(a.getString()).hasSizeLessThanOrEqualTo(64));
    }
    assertThat(devices(slices)).extracting(Device::getName).doesNotHaveDuplicates();
  }

  @Test
  void everyConsumedCounterExistsAndSuffices() {
    List<ResourceSliceSpec> slices = plan(Nodes.of("H200-141", 2), Map.of());
    Map<String, CounterSet> sets = new HashMap<>();
    slices.forEach(s -> s.getSharedCounters().forEach(c -> sets.put(c.getName(), c)));
    devices(slices).stream()
        .flatMap(d -> d.getConsumesCounters().stream())
        .forEach(
            c ->
                c.getCounters()
                    .forEach(
                        (name, used) -> {
                          var total =
                              Objects.requireNonNull(
                                  Objects.requireNonNull(sets.get(c.getCounterSet()))
                                      .getCounters()
                                      .get(name));
                          assertThat(total.getValue().getNumericalAmount())
                              .isGreaterThanOrEqualTo(used.getValue().getNumericalAmount());
                        }));
  }

  @Test
  void whatAnInstanceTakesIsWhatItsPlacementCovers() {
    Device d = device(plan(Nodes.of("H200-141", 1), Map.of()), "gpu-0-mig-3g-71gb-4");
    assertThat(d.getConsumesCounters().getFirst().getCounters())
        .containsOnlyKeys(
            "memory-unit-4", "memory-unit-5", "memory-unit-6", "memory-unit-7", "compute-slices");
    assertThat(text(d, "profile")).isEqualTo("3g.71gb");
    assertThat(text(d, "model")).isEqualTo("H200-141");
    assertThat(
            device(plan(Nodes.of("H200-141", 1), Map.of()), "gpu-0-mig-1g-18gb-me-2")
                .getConsumesCounters()
                .getFirst()
                .getCounters())
        .containsKey("media-engines");
  }

  @Test
  void sharesAndProcessorTakeManyAllocations() {
    List<ResourceSliceSpec> slices = plan(Nodes.of("T4-16", 1), Map.of());
    Device share = device(slices, "gpu-0-share");
    assertThat(share.getAllowMultipleAllocations()).isTrue();
    assertThat(share.getCapacity()).containsOnlyKeys("milli", "memory");
    Device cpu = device(slices, "cpu");
    assertThat(cpu.getAllowMultipleAllocations()).isTrue();
    assertThat(
            Objects.requireNonNull(cpu.getCapacity().get("cpu"))
                .getValue()
                .getNumericalAmount()
                .intValue())
        .isEqualTo(128);
    assertThat(device(slices, "gpu-0").getAllowMultipleAllocations()).isNull();
  }

  @Test
  void allPartsOfAnUnhealthyCardAreTaintedAndNoOthers() {
    List<ResourceSliceSpec> slices = plan(Nodes.of("H200-141", 2), Map.of("gpu-1", "XID 79"));
    for (Device d : devices(slices)) {
      assertThat(!d.getTaints().isEmpty())
          .as(d.getName())
          .isEqualTo(d.getName().startsWith("gpu-1"));
    }
    assertThat(device(slices, "gpu-1").getTaints().getFirst().getValue()).isEqualTo("XID-79");
  }

  @Test
  void chipsAreDevicesOfTheirOwn() {
    NodeInventory node =
        new NodeInventory(List.of(), Optional.of(new TpuBlock("v5e", 2, 4, 1, 16384)));
    List<ResourceSliceSpec> slices = plan(node, Map.of());
    assertThat(slices).hasSize(1);
    assertThat(devices(slices)).hasSize(9);
    assertThat(text(device(slices, "tpu-1-3-0"), "kind")).isEqualTo("tpu");
  }
}
