package dev.berth.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.scheduler.v1.Eviction;
import dev.berth.api.scheduler.v1.EvictionKind;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.Policy;
import dev.berth.api.scheduler.v1.TopologyLevel;
import dev.berth.crds.FlavorSpec;
import dev.berth.crds.Product;
import dev.berth.crds.Topology;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementWireTest {
  private static final PlacementId ID =
      new PlacementId(new OwnerKey(WorkloadKind.SPACE, "acme", "demo", "0a1b2c3d"), "r", 0, "n");

  @Test
  void aRequestCarriesItsPolicyAndEachFallbackAllMembers() {
    // Given
    var policy =
        new dev.berth.operator.resolve.Policy(
            100,
            true,
            "research",
            Optional.of(new Topology(dev.berth.crds.TopologyLevel.NVLINK, true)),
            List.of("eu"),
            List.of(new dev.berth.operator.resolve.Policy.Fallback("small", flavor("2026-10"))),
            Duration.ofHours(1),
            Duration.ofMinutes(5));

    // When
    PlaceRequest wire =
        PlacementWire.request(
            new PlacementRequest(ID, 3, "acme", "o", "large", flavor("2026-11"), policy));

    // Then
    Policy said = wire.getPolicy();
    assertThat(said.getPriority()).isEqualTo(100);
    assertThat(said.getPreemptible()).isTrue();
    assertThat(said.getQueue()).isEqualTo("research");
    assertThat(said.getTopology().getLevel()).isEqualTo(TopologyLevel.NVLINK_DOMAIN);
    assertThat(said.getTopology().getRequired()).isTrue();
    assertThat(said.getRegionsList()).containsExactly("eu");
    assertThat(said.getFallbacks(0).getFlavor()).isEqualTo("small");
    assertThat(said.getFallbacks(0).getCatalogVersion()).isEqualTo("2026-10");
    assertThat(said.getFallbacks(0).getMembersCount()).isEqualTo(3);
    assertThat(said.getExpectedNanos()).isEqualTo(3_600_000_000_000L);
    assertThat(said.getCheckpointNanos()).isEqualTo(300_000_000_000L);
  }

  @Test
  void whatIsGrantedIsWhatItRunsOnAndPays() {
    // Given
    var granted =
        wire()
            .setState(dev.berth.api.scheduler.v1.PlacementState.PLACED)
            .setGrantedFlavor("small")
            .setGrantedCatalogVersion("2026-10")
            .setChoice(1)
            .setBetterAvailable(true);
    var request =
        new PlacementRequest(
            ID,
            1,
            "acme",
            "o",
            "large",
            flavor("2026-11"),
            dev.berth.operator.resolve.Policy.DEFAULT);

    // When
    Placement placement =
        PlacementWire.outcome(
            request, PlaceResponse.newBuilder().setPlaced(granted).build(), Instant.EPOCH);

    // Then
    assertThat(placement.flavor()).isEqualTo("small");
    assertThat(placement.catalogVersion()).isEqualTo("2026-10");
    assertThat(placement.state())
        .isInstanceOfSatisfying(
            Placed.class,
            p -> {
              assertThat(p.choice()).isEqualTo(1);
              assertThat(p.betterAvailable()).isTrue();
            });
  }

  @Test
  void anEvictionSaysForWhom() {
    // Given
    var evicted =
        wire()
            .setState(dev.berth.api.scheduler.v1.PlacementState.RELEASING)
            .setEviction(
                Eviction.newBuilder()
                    .setKind(EvictionKind.RECLAIMED)
                    .setBy("other")
                    .setAtUnixNanos(2_000_000_000L));

    // When
    Placement placement = PlacementWire.placement(evicted.build()).orElseThrow();

    // Then
    assertThat(((Releasing) placement.state()).eviction())
        .contains(
            new dev.berth.operator.placement.Eviction(
                "RECLAIMED", "other", Instant.ofEpochSecond(2), ""));
  }

  private static dev.berth.api.scheduler.v1.Placement.Builder wire() {
    return dev.berth.api.scheduler.v1.Placement.newBuilder()
        .setPlacementId(ID.toString())
        .setFlavor("large")
        .setCatalogVersion("2026-11");
  }

  private static FlavorSpec flavor(String version) {
    return new FlavorSpec(
        "f",
        1000L,
        1024L,
        50L,
        null,
        1L,
        null,
        version,
        List.of(Product.Spaces),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
