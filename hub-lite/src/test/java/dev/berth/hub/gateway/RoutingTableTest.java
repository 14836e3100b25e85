package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private static final ServiceKey DEMO = new ServiceKey("acme", "demo");
  private static final Backend A = new Backend("10.0.0.1", 7860);
  private static final Backend B = new Backend("10.0.0.2", 7860);
  private final RoutingTable table = new RoutingTable("localhost");

  @Test
  void takesTurnsOverReadyPods() {
    // Given
    table.endpoints("acme/demo-1", DEMO, List.of(A, B), List.of());
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));

    // When, Then
    assertThat(table.route("acme-demo.localhost:8080"))
        .isEqualTo(new Route.Ready("acme/demo", false, List.of(A, B)));
    assertThat(table.route("ACME-demo.localhost"))
        .isEqualTo(new Route.Ready("acme/demo", false, List.of(B, A)));
    assertThat(table.route("acme-demo.localhost:8080"))
        .isEqualTo(new Route.Ready("acme/demo", false, List.of(A, B)));
  }

  @Test
  void joinsTheSlicesOfAService() {
    // Given
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));
    table.endpoints("acme/demo-1", DEMO, List.of(A), List.of());
    table.endpoints("acme/demo-2", DEMO, List.of(B), List.of());

    // When
    table.forgetEndpoints("acme/demo-1");

    // Then
    assertThat(table.route("acme-demo.localhost"))
        .isEqualTo(new Route.Ready("acme/demo", false, List.of(B)));
  }

  @Test
  void tellsAHostWithoutPodsFromAnUnknownOne() {
    // Given
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));

    // When, Then
    assertThat(table.route("acme-demo.localhost")).isEqualTo(new Route.NoneReady("acme/demo"));
    assertThat(table.route("acme-other.localhost")).isEqualTo(new Route.Unknown());
    assertThat(table.route("acme-demo.example.org")).isEqualTo(new Route.Unknown());
    assertThat(table.route("localhost")).isEqualTo(new Route.Unknown());
    assertThat(table.route(null)).isEqualTo(new Route.Unknown());
  }

  @Test
  void aPodThatWasReadyServesWhileNoneIs() {
    // Given
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));
    table.endpoints("acme/demo-1", DEMO, List.of(A, B), List.of());

    // When one of two, then both are unready, twice over
    table.endpoints("acme/demo-1", DEMO, List.of(B), List.of(A));
    Route one = table.route("acme-demo.localhost");
    table.endpoints("acme/demo-1", DEMO, List.of(), List.of(A, B));
    table.endpoints("acme/demo-1", DEMO, List.of(), List.of(A));
    Route none = table.route("acme-demo.localhost");
    table.endpoints("acme/demo-1", DEMO, List.of(), List.of());
    Route gone = table.route("acme-demo.localhost");

    // Then
    assertThat(one).isEqualTo(new Route.Ready("acme/demo", false, List.of(B)));
    assertThat(none).isEqualTo(new Route.Ready("acme/demo", false, List.of(A)));
    assertThat(gone).isEqualTo(new Route.NoneReady("acme/demo"));
  }

  @Test
  void aPodThatWasNeverReadyServesNobody() {
    // Given
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));

    // When
    table.endpoints("acme/demo-1", DEMO, List.of(), List.of(A));

    // Then
    assertThat(table.route("acme-demo.localhost")).isEqualTo(new Route.NoneReady("acme/demo"));
  }

  @Test
  void forgetsAServiceAndFollowsARename() {
    // Given
    table.serve(DEMO, new Served("acme/demo", false, "acme-demo"));
    table.endpoints("acme/demo-1", DEMO, List.of(A), List.of());

    // When
    table.serve(DEMO, new Served("acme/demo", false, "acme-new"));

    // Then
    assertThat(table.route("acme-demo.localhost")).isEqualTo(new Route.Unknown());
    assertThat(table.route("acme-new.localhost"))
        .isEqualTo(new Route.Ready("acme/demo", false, List.of(A)));

    // When
    table.forget(DEMO);

    // Then
    assertThat(table.route("acme-new.localhost")).isEqualTo(new Route.Unknown());
  }
}
