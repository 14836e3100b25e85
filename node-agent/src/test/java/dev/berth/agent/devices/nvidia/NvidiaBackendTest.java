package dev.berth.agent.devices.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.SharedDevice;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NvidiaBackendTest {
  /** A driver with one H200 in MIG mode and a T4; remembers what was asked of it. */
  private static final class FakeSmi implements CommandRunner {
    final List<String> changes = new ArrayList<>();
    boolean made;
    boolean computeMade;

    @Override
    public String run(List<String> command) {
      String asked = String.join(" ", command.subList(1, command.size()));
      return switch (asked) {
        case "--query-gpu=index,uuid,name,memory.total,mig.mode.current --format=csv,noheader,nounits" ->
            "0, GPU-aaaa, NVIDIA H200, 143771, Enabled\n1, GPU-bbbb, Tesla T4, 15360, [N/A]\n";
        case "topo -m" -> "\tGPU0\tGPU1\nGPU0\t X \tSYS\nGPU1\tSYS\t X \n";
        case "mig -lgip -i 0" -> SmiOutputs.LGIP;
        case "mig -lgipp -i 0" -> SmiOutputs.LGIPP;
        case "mig -lgi" -> instances();
        case "-L" -> computeMade ? SmiOutputs.LIST : "GPU 0: NVIDIA H200 (UUID: GPU-aaaa)\n";
        case "-q -x" ->
            computeMade
                ? SmiOutputs.XML
                : SmiOutputs.XML.replaceAll("(?s)<mig_device>.*</mig_device>", "None");
        default -> change(asked);
      };
    }

    private String instances() {
      if (!made) {
        throw new DeviceException("nvidia-smi mig -lgi ended with 6: No GPU instances found");
      }
      return SmiOutputs.LGI;
    }

    private String change(String asked) {
      changes.add(asked);
      made = made ? !asked.contains("-dgi") : asked.contains("-cgi");
      computeMade = computeMade ? !asked.contains("-dci") : asked.contains("-cci");
      return "Successfully created GPU instance ID  2 on GPU  0 using profile MIG 3g.71gb (ID  9)\n";
    }
  }

  private final FakeSmi smi = new FakeSmi();
  private final List<String> reloads = new ArrayList<>();
  private final NvidiaBackend backend =
      new NvidiaBackend(smi, "http://127.0.0.1:9400/metrics", () -> reloads.add("hup"));

  private MigPlace place() {
    return Objects.requireNonNull(backend.inventory().specs().get("gpu-0-mig-3g-71gb-4"))
        .mig()
        .orElseThrow();
  }

  @Test
  void theDriversOwnProfilesCount() {
    assertThat(backend.inventory().specs())
        .containsKeys(
            "gpu-0-mig-1g-18gb-6", "gpu-0-mig-1g-18gb-me-0", "gpu-0-mig-3g-71gb-0", "gpu-1")
        .doesNotContainKey("gpu-0-mig-7g-141gb-0");
    assertThat(backend.inventory().cards().get(1).migUnits()).isZero();
    assertThat(place().profile().memoryMib()).isEqualTo(71168);
  }

  @Test
  void makesAndDestroysAnInstanceAndTellsTheExporter() {
    // When
    var made = backend.create(place());

    // Then
    assertThat(made.uuid()).isEqualTo("MIG-11111111-2222-3333-4444-555555555555");
    assertThat(made.gpuInstanceId()).isEqualTo(2);
    assertThat(backend.create(place())).isEqualTo(made);
    assertThat(smi.changes).containsExactly("mig -cgi 9:4 -i 0", "mig -cci -gi 2 -i 0");

    // When
    backend.destroy(place());
    backend.destroy(place());

    // Then
    assertThat(smi.changes.subList(2, 4))
        .containsExactly("mig -dci -gi 2 -i 0", "mig -dgi -gi 2 -i 0");
    assertThat(smi.changes).hasSize(4);
    assertThat(reloads).hasSize(2);
  }

  @Test
  void anInstanceWithoutComputeIsCompleted() {
    smi.made = true;
    assertThat(backend.create(place()).uuid()).startsWith("MIG-");
    assertThat(smi.changes).containsExactly("mig -cci -gi 2 -i 0");
  }

  @Test
  void aSliceThatTurnsShareIsCutAndHasItsUuid() {
    SharedDevices shared =
        new SharedDevices(
            backend, List.of("gpu-0-mig-3g-71gb-4", "gpu-1"), LentCards.none(), _ -> false);
    // When
    shared.cut(Set.of());
    // Then
    assertThat(smi.changes).containsExactly("mig -cgi 9:4 -i 0", "mig -cci -gi 2 -i 0");
    assertThat(shared.list())
        .extracting(SharedDevice::uuid)
        .containsExactlyInAnyOrder("GPU-bbbb", "MIG-11111111-2222-3333-4444-555555555555");
  }

  @Test
  void aSeatSeesAllThatItsCardsMayBeCutInto() {
    List<String> minors =
        List.of("config 1", "gpu0/gi0/access 3", "gpu0/gi0/ci0/access 4", "gpu1/gi0/access 138");
    assertThat(NvidiaCaps.nodes(backend.inventory().cards().getFirst(), minors))
        .containsExactly("/dev/nvidia-caps/nvidia-cap3", "/dev/nvidia-caps/nvidia-cap4");
    assertThat(NvidiaCaps.nodes(backend.inventory().cards().getLast(), minors)).isEmpty();
    assertThat(backend.sharedNodes(List.of(backend.inventory().cards().getLast())))
        .contains("/dev/nvidiactl", "/dev/nvidia1");
  }

  @Test
  void aContainerGetsItsCardsFiles() {
    assertThat(backend.deviceNodes(List.of("gpu-1"), List.of()))
        .containsExactly(
            "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia1");
  }
}
