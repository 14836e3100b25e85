package dev.berth.agent.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final Catalog catalog = new Catalog();

  @Test
  void everyProfileFitsItsCardAndItsCountIsTheOneOfThePlacements() {
    for (String model : catalog.cardModels()) {
      Catalog.CardModel card = catalog.card(model).orElseThrow();
      for (MigProfile p : catalog.profiles(model)) {
        assertThat(p.computeSlices()).isLessThanOrEqualTo(card.migSlices());
        p.starts()
            .forEach(s -> assertThat(s + p.memoryUnits()).isLessThanOrEqualTo(card.migUnits()));
        int apart = nonOverlapping(p);
        int byCompute = card.migSlices() / p.computeSlices();
        int expected = p.media() ? 1 : Math.min(apart, byCompute);
        assertThat(p.maxInstances()).as("%s %s", model, p.name()).isEqualTo(expected);
      }
    }
  }

  private static int nonOverlapping(MigProfile p) {
    long taken = 0;
    int count = 0;
    for (int start : p.starts()) {
      if ((taken & p.mask(start)) == 0) {
        taken |= p.mask(start);
        count++;
      }
    }
    return count;
  }

  @Test
  void deviceNamesAreDnsLabelsAndUnique() {
    for (String model : catalog.cardModels()) {
      NodeInventory node = Nodes.of(model, 2);
      int names =
          1 + 2 * (2 + catalog.profiles(model).stream().mapToInt(p -> p.starts().size()).sum());
      assertThat(node.specs()).hasSize(names);
      assertThat(node.specs().keySet())
          .allMatch(n -> n.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
    }
  }

  @Test
  void chipsAreNamedByPlaceInHostOrder() {
    TpuBlock block = new TpuBlock("v5e", 2, 4, 1, 16384);
    assertThat(block.chips()).hasSize(8).startsWith("tpu-0-0-0", "tpu-1-0-0", "tpu-0-1-0");
    Set<String> distinct = new HashSet<>(block.chips());
    assertThat(distinct).hasSize(8);
  }

  @Test
  void realProductNamesAreRecognised() {
    assertThat(
            List.of(
                "Tesla T4",
                "NVIDIA L4",
                "NVIDIA A100-SXM4-80GB",
                "NVIDIA H200",
                "NVIDIA B200",
                "NVIDIA RTX PRO 6000 Blackwell Server Edition"))
        .extracting(p -> catalog.byProduct(p).orElseThrow().model())
        .containsExactly("T4-16", "L4-24", "A100-80", "H200-141", "B200-180", "RTXPRO6000-96");
  }
}
