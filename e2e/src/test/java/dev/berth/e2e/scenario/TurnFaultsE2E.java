package dev.berth.e2e.scenario;

import static dev.berth.e2e.scenario.Spaces.gradio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.demo.zerogpu.Visit;
import dev.berth.e2e.demo.zerogpu.Visitors;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} of each part while a turn of an unmodified gradio Space runs. */
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class TurnFaultsE2E {
  private static final String SPACE = "turn-faults";
  private static final Duration RUNS = Duration.ofSeconds(16);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestFleet fleet;
  private Visitors visitors;
  private Visitors.Visitor carol;
  private String url;

  TurnFaultsE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  enum Ends {
    ANSWERED,
    FAILED,
    EITHER
  }

  @BeforeAll
  void deploy() {
    PythonImage image = TestFleet.pythonImage();
    try {
      visitors = fleet.visitors(image);
    } catch (FleetException noPython) {
      Assumptions.abort("No gradio on this machine: " + noPython.getMessage());
    }
    fleet.apply(gradio(SPACE));
    fleet.awaitStage(SPACE, "RUNNING");
    carol = visitors.account("carol", "pro");
    url = fleet.field("space", SPACE, "{.status.url}");
  }

  /** A killed worker or pod takes its call along; nothing else that dies does. */
  @ParameterizedTest
  @CsvSource({
    "worker, FAILED",
    "pod, FAILED",
    "node-agent, ANSWERED",
    "scheduler leader, ANSWERED",
    "gateway, EITHER"
  })
  void theCardComesBackAndTheNextCallIsAnswered(String victim, Ends ends) {
    // Given
    CompletableFuture<Visit> call =
        CompletableFuture.supplyAsync(
            () -> visitors.visit(carol, url, "generate", "" + RUNS.toSeconds()));
    long worker = working();
    long runs = System.nanoTime();

    // When
    kill(victim, worker);
    boolean inTime = isBack(runs);

    // Then
    Visit visit = call.join();
    if (ends != Ends.EITHER && inTime) {
      assertThat(visit.answered()).as(visit.text()).isEqualTo(ends == Ends.ANSWERED);
    }
    await().atMost(PATIENCE).ignoreExceptions().until(() -> fleet.turns().path("turns").isEmpty());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> visitors.visit(carol, url, "generate", "0.2").answered());
  }

  /**
   * Whether the node agent answers well before the turn ends: the client says then that it is over,
   * and fails if nobody listens.
   */
  private boolean isBack(long runs) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> fleet.turns().has("turns"));
    return System.nanoTime() - runs < RUNS.minusSeconds(4).toNanos();
  }

  private void kill(String victim, long worker) {
    switch (victim) {
      case "worker" -> kill9(worker);
      // The app is who forked the worker; the kubelet starts its container again.
      case "pod" ->
          kill9(ProcessHandle.of(worker).flatMap(ProcessHandle::parent).orElseThrow().pid());
      default -> fleet.kill9(victim);
    }
  }

  private static void kill9(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** The pid of the worker whose turn runs. */
  private long working() {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(this::worker, OptionalLong::isPresent)
        .getAsLong();
  }

  private OptionalLong worker() {
    return StreamSupport.stream(fleet.turns().path("workers").spliterator(), false)
        .filter(worker -> worker.path("working").asBoolean())
        .mapToLong((JsonNode worker) -> worker.path("pid").asLong())
        .findFirst();
  }

  /** Every turn is charged to who called, for what it took. */
  @AfterAll
  void theBooksAreRight() {
    if (carol != null) {
      fleet.deleteIfThere("space", SPACE);
      fleet.awaitAtRest();
      fleet.assertAudit();
    }
  }
}
