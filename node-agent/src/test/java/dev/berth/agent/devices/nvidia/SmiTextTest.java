package dev.berth.agent.devices.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmiTextTest {
  @Test
  void readsTheCardTable() {
    assertThat(
            SmiText.gpus(
                """
                0, GPU-aaaa, NVIDIA H200, 143771, Enabled
                1, GPU-bbbb, Tesla T4, 15360, [N/A]
                """))
        .containsExactly(
            new SmiText.Gpu(0, "GPU-aaaa", "NVIDIA H200", 143771, true),
            new SmiText.Gpu(1, "GPU-bbbb", "Tesla T4", 15360, false));
  }

  @Test
  void readsProfilesAndPlacements() {
    List<SmiText.Profile> profiles = SmiText.profiles(SmiOutputs.LGIP);
    assertThat(profiles)
        .containsExactly(
            new SmiText.Profile(0, "1g.18gb", 19, 7, 16384),
            new SmiText.Profile(0, "1g.18gb+me", 20, 1, 16384),
            new SmiText.Profile(0, "3g.71gb", 9, 2, 71168));
    assertThat(SmiText.placements(SmiOutputs.LGIPP))
        .containsExactly(
            new SmiText.Placement(0, 19, List.of(0, 1, 2, 3, 4, 5, 6), 1),
            new SmiText.Placement(0, 20, List.of(0, 1, 2, 3, 4, 5, 6), 1),
            new SmiText.Placement(0, 9, List.of(0, 4), 4));
  }

  @Test
  void readsInstancesAndWhatWasMade() {
    assertThat(SmiText.instances(SmiOutputs.LGI))
        .containsExactly(new SmiText.Instance(0, "3g.71gb", 9, 2, 4));
    assertThat(
            SmiText.createdInstance(
                "Successfully created GPU instance ID  2 on GPU  0 using profile MIG 3g.71gb (ID  9)\n"))
        .hasValue(2);
    assertThat(SmiText.createdInstance("Unable to create")).isEmpty();
  }

  @Test
  void readsUuidsByIndex() {
    assertThat(SmiText.migUuids(SmiOutputs.LIST))
        .isEqualTo(Map.of(0, Map.of(0, "MIG-11111111-2222-3333-4444-555555555555")));
  }

  @Test
  void joinsCardsThatAreLinked() {
    assertThat(
            Topology.linkGroups(
                """
                \tGPU0\tGPU1\tGPU2\tGPU3\tCPU Affinity\tNUMA Affinity
                GPU0\t X \tNV12\tSYS\tSYS\t0-31\t0
                GPU1\tNV12\t X \tSYS\tSYS\t0-31\t0
                GPU2\tSYS\tSYS\t X \tPHB\t32-63\t1
                GPU3\tSYS\tSYS\tPHB\t X \t32-63\t1

                Legend:
                  NV#  = Connection traversing a bonded set of # NVLinks
                """))
        .isEqualTo(Map.of(0, "nvlink-0", 1, "nvlink-0"));
  }
}
