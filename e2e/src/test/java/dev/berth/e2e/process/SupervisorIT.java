package dev.berth.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
  private Home home = Home.at(Path.of("/tmp"));
  private Supervisor supervisor = new Supervisor(home);

  @BeforeEach
  void makeHome(@TempDir Path directory) {
    home = Home.at(directory);
    home.create();
    supervisor = new Supervisor(home);
  }

  @AfterEach
  void stopAll() {
    supervisor.names().forEach(supervisor::stop);
  }

  private static ProcessSpec sleep(String seconds) {
    return new ProcessSpec(
        "sleeper", List.of("/bin/sleep", seconds), Map.of(), Map.of(), new Readiness.Listening(1));
  }

  @Test
  void aKilledProcessStartsAgain() {
    // Given
    supervisor.start(sleep("1000"));
    long first = supervisor.pid("sleeper").orElseThrow();

    // When
    supervisor.kill9("sleeper");

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> supervisor.pid("sleeper").orElse(first) != first);
    assertThat(supervisor.restarts("sleeper")).isEqualTo(1);
  }

  @Test
  void startingItAgainChangesNothingUnlessItsCommandChanged() {
    // Given
    supervisor.start(sleep("1000"));
    var first = supervisor.pid("sleeper");

    // When
    supervisor.start(sleep("1000"));
    var second = supervisor.pid("sleeper");
    supervisor.start(sleep("2000"));
    var third = supervisor.pid("sleeper");

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(third).isPresent().isNotEqualTo(first);
  }

  @Test
  void aStoppedProcessIsGoneUntilItIsStarted() {
    // Given
    supervisor.start(sleep("1000"));
    long pid = supervisor.pid("sleeper").orElseThrow();

    // When
    supervisor.stop("sleeper");

    // Then
    assertThat(ProcFs.isRunning(pid)).isFalse();
    assertThat(supervisor.isSupervised("sleeper")).isFalse();
    supervisor.start("sleeper");
    assertThat(supervisor.pid("sleeper")).isPresent();
  }

  @Test
  void readinessIsWhatThePortSays() throws IOException {
    // Given
    try (var socket = new ServerSocket(0)) {
      var spec =
          new ProcessSpec(
              "sleeper",
              List.of("/bin/sleep", "1000"),
              Map.of(),
              Map.of(),
              new Readiness.Listening(socket.getLocalPort()));

      // When
      supervisor.start(spec);

      // Then
      supervisor.awaitReady(spec, Duration.ofSeconds(5));
    }
  }

  @Test
  void aProcessThatKeepsEndingIsAnErrorWithTheEndOfItsLog() {
    // Given
    var broken =
        new ProcessSpec(
            "broken",
            List.of("/bin/sh", "-c", "echo no such file; exit 3"),
            Map.of(),
            Map.of(),
            new Readiness.Listening(1));

    // When
    supervisor.start(broken);

    // Then
    assertThatThrownBy(() -> supervisor.awaitReady(broken, Duration.ofSeconds(60)))
        .hasMessageContaining("broken ends again and again")
        .hasMessageContaining("no such file");
  }
}
