package dev.berth.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceFormTest {

  @Test
  void aShortSpaceHasTheDefaults() {
    // Given
    String yaml =
        "apiVersion: berth.dev/v1alpha1\nkind: Space\nmetadata: {name: demo, namespace: acme}\n"
            + "spec: {image: 'app:1', flavor: t4-small}\n";

    // When
    Space space = Serialization.unmarshal(yaml, Space.class);

    // Then
    assertThat(space.getSpec().replicas()).isEqualTo(1);
    assertThat(space.getSpec().port()).isEqualTo(7860);
    assertThat(space.getSpec().updateStrategy()).isEqualTo(UpdateStrategy.RollingWhenFree);
    assertThat(space.getSpec().variables()).isEmpty();
  }

  @Test
  void aStatusSurvivesYaml() {
    // Given
    SpaceStatus status =
        new SpaceStatus(
            SpaceStage.APP_STARTING,
            List.of(
                new Condition(
                    "Ready", "False", "Unschedulable", "why", 3L, "2026-01-01T00:00:00Z")),
            3L,
            "http://acme-demo.localhost",
            new Hardware(null, "t4-small"),
            new ReplicaCount(0, 1),
            new Revisions(null, "abc"),
            List.of(new PlacementStatus("space/acme/demo/1/abc/0", "n1", List.of("gpu-0"))),
            new Waiting(1, List.of("none free")));
    Space space = new Space();
    space.setStatus(status);

    // When
    Space read = Serialization.unmarshal(Serialization.asYaml(space), Space.class);

    // Then
    assertThat(read.getStatus()).isEqualTo(status);
  }

  @Test
  void anEndpointStateIsWrittenAsTheHubWritesIt() {
    assertThat(Serialization.asJson(EndpointState.UPDATE_FAILED)).isEqualTo("\"updateFailed\"");
  }
}
