package dev.berth.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Path CATALOG = Path.of("..", "charts", "berth", "catalog", "flavors.yaml");
  private static final Set<String> FREE = Set.of("cpu-basic", "zero-gpu", "zero-a10g");
  private static List<Flavor> flavors = List.of();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream yaml = Files.newInputStream(CATALOG)) {
      Object parsed = Serialization.unmarshal(yaml);
      flavors = ((List<?>) parsed).stream().map(Flavor.class::cast).toList();
    }
  }

  @Test
  void namesAreUniqueDnsNames() {
    assertThat(flavors)
        .extracting(f -> f.getMetadata().getName())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"));
  }

  @Test
  void everythingButTheFreeFlavorsHasAPrice() {
    assertThat(flavors)
        .allSatisfy(
            f ->
                assertThat(f.getSpec().priceMicroUsdPerHour() > 0)
                    .as(f.getMetadata().getName())
                    .isEqualTo(!FREE.contains(f.getMetadata().getName())));
  }

  @Test
  void everyIdOfTheHubIsThere() {
    // Given
    String ids =
        "cpu-basic cpu-upgrade cpu-xl cpu-performance zero-gpu zero-a10g t4-small t4-medium l4x1 l4x4 l40sx1 l40sx4 l40sx8"
            + " a10g-small a10g-large a10g-largex2 a10g-largex4 a100-large a100x4 a100x8 h200 h200x2 h200x4 h200x8"
            + " rtx-pro-6000 rtx-pro-6000x2 rtx-pro-6000x4 rtx-pro-6000x8 h100 h100x8 v5e-1x1 v5e-2x2 v5e-2x4 sprx8"
            + " inf2x6 b200 h200-mig-1g h200-mig-2g h200-mig-3g a100-mig-1g b200-mig-1g rtx-pro-6000-mig-1g";

    // When // Then
    assertThat(names()).contains(ids.split(" "));
  }

  @Test
  void everyEndpointInstanceIsThere() {
    // Given
    Set<String> instances =
        flavors.stream()
            .map(Flavor::getSpec)
            .filter(s -> s.vendor() != null)
            .map(s -> s.vendor() + " " + s.instanceType() + " " + s.instanceSize())
            .collect(Collectors.toCollection(TreeSet::new));

    // When // Then
    assertThat(instances)
        .hasSize(58)
        .contains(
            "aws intel-spr x16",
            "azure intel-xeon x8",
            "gcp intel-spr x1",
            "aws intel-icl x8",
            "aws nvidia-t4 x4",
            "aws nvidia-l40s x8",
            "aws nvidia-h200 x8",
            "aws nvidia-b200 x8",
            "gcp nvidia-h100 x8",
            "aws inf2 x12",
            "gcp tpu 2x4");
  }

  @Test
  void acceleratorsHaveTheFieldsOfTheirKind() {
    assertThat(flavors)
        .extracting(Flavor::getSpec)
        .allSatisfy(s -> assertThat(complete(s.accelerator())).as(s.displayName()).isTrue());
  }

  @Test
  void aSliceCostsItsShareOfTheCard() {
    assertThat(price("h200-mig-1g")).isEqualTo(714_286);
    assertThat(price("h200-mig-3g")).isEqualTo(2_142_857);
    assertThat(price("rtx-pro-6000-mig-2g")).isEqualTo(price("rtx-pro-6000") / 2);
  }

  private static boolean complete(@Nullable Accelerator a) {
    if (a == null) {
      return true;
    }
    return switch (a.kind()) {
      case GPUS -> a.count() != null && a.count() >= 1;
      case MIG -> a.profile() != null && a.profile().matches("[1-7]g\\.\\d+gb");
      case SHARE -> a.milli() != null && a.memoryMib() != null;
      case TPU -> a.generation() != null && a.topology() != null;
      case SEAT -> true;
    };
  }

  private static long price(String name) {
    return flavors.stream()
        .filter(f -> f.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getSpec()
        .priceMicroUsdPerHour();
  }

  private static List<String> names() {
    return flavors.stream().map(f -> f.getMetadata().getName()).toList();
  }
}
