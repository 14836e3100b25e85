package dev.berth.agent.turns.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.turns.core.EndReason;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.Worker;
import dev.berth.api.visitor.Tier;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real, unmodified client {@code spaces} against the device API, called without a page. What
 * gradio takes part in stands in {@link GradioSpaceIT}.
 */
class SpacesClientIT {
  private static final String SPACE = "ann/painter";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;
  private Path python;
  private NodeUnderTest node;

  @BeforeEach
  void start() throws Exception {
    python = PythonWithSpaces.interpreter(PythonWithSpaces.Gradio.FIVE);
    node = new NodeUnderTest(dir, 2, Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private TurnRecord last() {
    return node.done().getLast();
  }

  @Test
  void theFirstCallIsColdTheSecondFindsItsWorker() throws Exception {
    try (SpacesApp app = node.app(SPACE, python)) {
      // When
      int first = app.call("pid").path("value").asInt();
      int second = app.call("pid").path("value").asInt();
      // Then
      assertThat(first).isNotZero().isEqualTo(second).isNotEqualTo(app.pid());
      assertThat(node.done())
          .extracting(TurnRecord::warm, TurnRecord::reason)
          .containsExactly(tuple(false, EndReason.DONE), tuple(true, EndReason.DONE));
      assertThat(node.done()).allMatch(r -> r.visitor().equals("ip:" + SPACE));
    }
  }

  @Test
  void aDurationMayBeComputedAndXlargeTakesThePair() throws Exception {
    try (SpacesApp app = node.app(SPACE, python)) {
      // When
      app.call("work", 0.1, 33);
      long reserved = last().reservedNanos();
      app.call("big");
      // Then
      assertThat(reserved).isEqualTo(33_000_000_000L);
      assertThat(last().devices()).containsExactly(0, 1);
      assertThat(last().reservedNanos()).isEqualTo(20_000_000_000L);
      assertThat(last().settledNanos()).isEqualTo(2 * last().measuredNanos());
      assertThat(app.call("drain", 3).path("value").toString()).isEqualTo("[0,1,2]");
    }
  }

  @Test
  void whatFailsIsSaidAndItsWorkerGoes() throws Exception {
    try (SpacesApp app = node.app(SPACE, python)) {
      // When
      String raised = app.call("boom").path("error").asText();
      String died = app.call("die").path("error").asText();
      // Then
      assertThat(raised).contains("ValueError");
      assertThat(died).contains("GPU task aborted");
      await().atMost(LONG).until(() -> node.engine.state().book().workers().isEmpty());
      assertThat(node.engine.state().book().turns()).isEmpty();
    }
  }

  @Test
  void whoFindsNoDeviceWaitsInTheQueue() throws Exception {
    try (SpacesApp one = node.app(SPACE, python);
        SpacesApp other = node.app("bob/poet", python)) {
      // Given
      var pair = one.start(null, "big");
      SpacesApp.answer(pair);
      var holding = one.start(null, "work", 6, 10);
      var holding2 = one.start(null, "work", 6, 10);
      await().atMost(LONG).until(() -> node.engine.state().book().turns().size() == 2);
      // When
      int worker = other.call("pid").path("value").asInt();
      // Then
      assertThat(worker).isNotZero();
      assertThat(node.done())
          .filteredOn(r -> r.space().equals("bob/poet"))
          .singleElement()
          .satisfies(r -> assertThat(r.waitedNanos()).isGreaterThan(500_000_000L));
      assertThat(SpacesApp.answer(holding).has("value")).isTrue();
      assertThat(SpacesApp.answer(holding2).has("value")).isTrue();
      assertThat(node.engine.state().book().workers().values())
          .as("one Space after another: the former worker on that device is gone")
          .extracting(Worker::devices)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anOverrunIsKilledAndPaidUpToItsReservation() throws Exception {
    try (SpacesApp app = node.app(SPACE, python)) {
      // When
      String said = app.call("work", 30, 1).path("error").asText();
      // Then
      assertThat(said).contains("GPU task aborted");
      assertThat(last().reason()).isEqualTo(EndReason.OVERRUN);
      assertThat(last().settledNanos()).isEqualTo(1_000_000_000L);
      await().atMost(LONG).until(() -> node.engine.state().book().turns().isEmpty());
    }
  }

  @Test
  void aVisitorIsToldWhatIsLeftOfTheirQuota() throws Exception {
    node.quota.set("eve", 30, 100);
    try (SpacesApp app = node.app(SPACE, python)) {
      String token = node.token("eve", Tier.FREE, SPACE);
      // When
      String quota = SpacesApp.answer(app.start(token, "work", 0, 60)).path("error").asText();
      String illegal = SpacesApp.answer(app.start(token, "work", 0, 121)).path("error").asText();
      String forged =
          SpacesApp.answer(app.start(token + "x", "work", 0, 10)).path("error").asText();
      // Then
      assertThat(quota).contains("free ZeroGPU quota").contains("60s requested vs. 30s left");
      assertThat(illegal).contains("larger than the maximum allowed");
      assertThat(forged).isNotEmpty();
      assertThat(SpacesApp.answer(app.start(token, "work", 0, 30)).has("value")).isTrue();
      assertThat(last().visitor()).isEqualTo("eve");
    }
  }

  @Test
  void workersOfAnAppThatWasKilledAreReapedAtItsNextStart() throws Exception {
    SpacesApp app = node.app(SPACE, python);
    int orphan = app.call("pid").path("value").asInt();
    // When
    app.kill();
    assertThat(node.lives(orphan)).isTrue();
    try (SpacesApp next = node.app(SPACE, python)) {
      // Then
      await().atMost(LONG).until(() -> !node.lives(orphan));
      assertThat(next.call("pid").has("value")).isTrue();
    }
  }
}
