package dev.berth.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroublesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {state: {waiting: {reason: ErrImagePull, message: 'no such tag'}}, image: 'app:9'}     | ImagePull   | image 'app:9': ErrImagePull: no such tag
          {state: {waiting: {reason: InvalidImageName}}, image: 'A B'}                           | ImagePull   | InvalidImageName
          {state: {waiting: {reason: CreateContainerError, message: 'no command'}}}              | CannotStart | no command
          {state: {waiting: {reason: CrashLoopBackOff}}, restartCount: 4, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}} | AppExited | code 137 (OOMKilled), restarted 4 times
          {state: {terminated: {exitCode: 0, reason: Completed}}, restartCount: 0}               | AppExited   | code 0
          """)
  void aContainersStateSaysWhy(String container, String reason, String words) {
    // Given
    Pod pod = pod("containerStatuses: [" + container + "]");

    // When // Then
    assertThat(Troubles.of(pod))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.reason()).isEqualTo(reason);
              assertThat(trouble.message()).contains(words);
              assertThat(trouble.fatal()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {ready: true, restartCount: 3, lastState: {terminated: {exitCode: 1}}}
          {state: {waiting: {reason: ContainerCreating}}}
          {state: {running: {startedAt: '2026-11-24T12:00:00Z'}}}
          """)
  void whatStartsOrServesIsNoTrouble(String container) {
    assertThat(Troubles.of(pod("containerStatuses: [" + container + "]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2026-11-24T11:59:59Z,false", "2026-11-24T12:00:09Z,true"})
  void unhealthyIsWhatWasReadyOnce(String unreadySince, boolean unhealthy) {
    // Given
    Pod pod =
        pod(
            "conditions: [{type: Ready, status: 'False', lastTransitionTime: '%s'}], containerStatuses: [{ready: false, state: {running: {startedAt: '2026-11-24T12:00:00Z'}}}]"
                .formatted(unreadySince));

    // When // Then
    assertThat(Troubles.of(pod).map(Trouble::reason).stream().anyMatch("Unhealthy"::equals))
        .isEqualTo(unhealthy);
  }

  private static Pod pod(String status) {
    return Serialization.unmarshal(
        "---\n{apiVersion: v1, kind: Pod, metadata: {name: p, creationTimestamp: '2026-11-24T11:59:58Z'}, spec: {containers: []}, status: {phase: Running, "
            + status
            + "}}",
        Pod.class);
  }
}
