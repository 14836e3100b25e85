package dev.berth.agent.location;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.devices.TpuBlock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeLabelsTest {

  @Test
  void aNodeWithoutLabelsStandsNowhere() {
    assertThat(NodeLabels.location(Map.of())).isEqualTo(Location.UNKNOWN);
  }

  @Test
  void ourLabelsGoBeforeThoseOfTheCloud() {
    // Given
    Map<String, String> labels =
        Map.of(
            "topology.kubernetes.io/region", "europe-west4",
            "topology.kubernetes.io/zone", "europe-west4-a",
            "berth.dev/rack", "r1",
            "cloud.google.com/gce-topology-subblock", "s9",
            "cloud.google.com/gce-topology-block", "b2",
            "nvidia.com/gpu.clique", "c0.1");

    // When
    Location location = NodeLabels.location(labels);

    // Then
    assertThat(location)
        .isEqualTo(
            new Location("europe-west4", "europe-west4-a", "b2", "r1", "c0.1", Optional.empty()));
  }

  @Test
  void aTpuHostOfGkeLiesInItsNodePool() {
    // Given
    Map<String, String> labels =
        Map.of(
            "cloud.google.com/gke-nodepool", "pool-1",
            "cloud.google.com/gke-tpu-topology", "4x4x8",
            "berth.dev/tpu-at", "2-0-4");

    // When // Then
    assertThat(NodeLabels.location(labels).tpu())
        .contains(new TpuPlace("pool-1", new Chips(2, 0, 4), new Chips(4, 4, 8)));
  }

  @Test
  void aTopologyWithoutAPlaceSaysNothing() {
    Map<String, String> labels =
        Map.of(
            "cloud.google.com/gke-nodepool", "pool-1",
            "cloud.google.com/gke-tpu-topology", "2x4");
    assertThat(NodeLabels.location(labels).tpu()).isEmpty();
  }

  @Test
  void whatIsConfiguredGoesBeforeLabels() {
    // Given
    Location labelled = NodeLabels.location(Map.of(NodeLabels.REGION, "a", NodeLabels.ZONE, "a-1"));
    Location configured = new Location("", "b-1", "", "", "n1", Optional.empty());

    // When // Then
    assertThat(labelled.overriddenBy(configured))
        .isEqualTo(new Location("a", "b-1", "", "", "n1", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "0-0, 16x16, true",
    "14-12, 16x16, true",
    "1-0, 16x16, false",
    "16-0, 16x16, false",
    "0-0, 15x16, false",
    "0-0-1, 16x16, false"
  })
  void aBlockLiesAlignedWithinItsPod(String at, String size, boolean holds) {
    // Given
    TpuPlace place =
        new TpuPlace("p", Chips.place(at).orElseThrow(), Chips.size(size).orElseThrow());

    // When // Then
    assertThat(place.holds(new TpuBlock("v5e", 2, 4, 1, 16384))).isEqualTo(holds);
  }
}
