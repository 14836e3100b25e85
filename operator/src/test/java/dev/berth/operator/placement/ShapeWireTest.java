package dev.berth.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.common.v1.Shape;
import dev.berth.crds.Flavor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShapeWireTest {

  @Test
  void everyFlavorOfTheCatalogHasItsShape() throws IOException {
    // Given
    Map<String, Shape> shapes =
        catalog().stream()
            .collect(
                Collectors.toMap(f -> f.getMetadata().getName(), f -> ShapeWire.of(f.getSpec())));

    // Then
    assertThat(shape(shapes, "l4x4").getGpus())
        .returns("L4-24", g -> g.getModel())
        .returns(4, g -> g.getCount());
    assertThat(shape(shapes, "h200-mig-2g").getMig())
        .returns("H200-141", m -> m.getModel())
        .returns("2g.35gb", m -> m.getProfile());
    assertThat(shape(shapes, "v5e-2x4").getTpu())
        .returns("v5e", t -> t.getGeneration())
        .returns(2, t -> t.getX())
        .returns(4, t -> t.getY())
        .returns(1, t -> t.getZ());
    assertThat(shape(shapes, "zero-a10g").hasSeat()).isTrue();
    assertThat(shape(shapes, "zero-gpu")).isEqualTo(shape(shapes, "zero-a10g"));
    assertThat(shape(shapes, "cpu-basic").getAcceleratorCase())
        .isEqualTo(Shape.AcceleratorCase.ACCELERATOR_NOT_SET);
  }

  private static Shape shape(Map<String, Shape> shapes, String name) {
    return java.util.Objects.requireNonNull(shapes.get(name), name);
  }

  private static List<Flavor> catalog() throws IOException {
    Path file = Path.of("..", "charts", "berth", "catalog", "flavors.yaml");
    Function<Object, Flavor> cast = Flavor.class::cast;
    try (InputStream yaml = Files.newInputStream(file)) {
      Object parsed = Serialization.unmarshal(yaml);
      return ((List<?>) parsed).stream().map(cast::apply).toList();
    }
  }
}
