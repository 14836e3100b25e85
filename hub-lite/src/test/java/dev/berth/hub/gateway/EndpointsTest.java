package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  @Test
  void takesReadyPodsOnThePortNamedHttp() {
    // Given
    EndpointSlice slice =
        slice()
            .addNewPort()
            .withName("metrics")
            .withPort(9090)
            .endPort()
            .addNewPort()
            .withName("http")
            .withPort(7860)
            .endPort()
            .addNewEndpoint()
            .withAddresses("10.0.0.1")
            .withNewConditions()
            .withReady(true)
            .endConditions()
            .endEndpoint()
            .addNewEndpoint()
            .withAddresses("10.0.0.2")
            .withNewConditions()
            .withReady(false)
            .endConditions()
            .endEndpoint()
            .addNewEndpoint()
            .withAddresses("10.0.0.3")
            .endEndpoint()
            .addNewEndpoint()
            .withAddresses("10.0.0.4")
            .withNewConditions()
            .withReady(false)
            .withTerminating(true)
            .endConditions()
            .endEndpoint()
            .build();

    // When, Then
    assertThat(Endpoints.ready(slice))
        .containsExactly(new Backend("10.0.0.1", 7860), new Backend("10.0.0.3", 7860));
    assertThat(Endpoints.unready(slice)).containsExactly(new Backend("10.0.0.2", 7860));
    assertThat(Endpoints.service(slice)).isEqualTo(new ServiceKey("acme", "demo"));
  }

  @Test
  void aSliceWithoutPortsHasNoBackends() {
    assertThat(
            Endpoints.ready(
                slice().addNewEndpoint().withAddresses("10.0.0.1").endEndpoint().build()))
        .isEmpty();
  }

  @Test
  void aSliceWhoseListsAreAbsentHasNoBackends() {
    // Given: what the cluster writes for a Service without pods
    EndpointSlice absent = slice().build();
    absent.setPorts(null);
    absent.setEndpoints(null);
    EndpointSlice portsOnly = slice().addNewPort().withPort(80).endPort().build();
    portsOnly.setEndpoints(null);

    // When, Then
    assertThat(Endpoints.ready(absent)).isEmpty();
    assertThat(Endpoints.ready(portsOnly)).isEmpty();
  }

  private static EndpointSliceBuilder slice() {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("acme")
        .withName("demo-abc")
        .addToLabels("kubernetes.io/service-name", "demo")
        .endMetadata();
  }
}
