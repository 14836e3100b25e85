package dev.berth.agent.turns.http;

import static dev.berth.agent.turns.http.GradioSpace.How.PAGE;
import static dev.berth.agent.turns.http.GradioSpace.How.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.http.PythonWithSpaces.Gradio;
import dev.berth.api.visitor.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Visitors of a real, unmodified gradio Space, with gradio 5 and with gradio 6. What no gradio
 * takes part in stands in {@link SpacesClientIT}.
 */
class GradioSpaceIT {
  private static final String SPACE = "ann/painter";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;
  private NodeUnderTest node;

  @BeforeEach
  void start() throws Exception {
    node = new NodeUnderTest(dir, 2, Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** What the gateway says about a visitor. */
  private String token(String account) throws Exception {
    return node.token(account, Tier.FREE, SPACE);
  }

  @ParameterizedTest
  @EnumSource
  void aVisitorPaysFindsTheWorkerWarmAndIsToldWhenTheirQuotaIsSpent(Gradio gradio)
      throws Exception {
    // Given
    Path python = PythonWithSpaces.interpreter(gradio);
    node.quota.set("bob", 30, 100);
    try (GradioSpace space = node.gradio(SPACE, python)) {
      // When
      JsonNode first = space.visit(PAGE, token("eve"), "pid").join();
      JsonNode second = space.visit(PROGRAM, token("eve"), "pid").join();
      JsonNode shown = space.visit(PAGE, token("bob"), "dear").join();
      JsonNode raised = space.visit(PROGRAM, token("bob"), "dear").join();
      JsonNode forged = space.visit(PAGE, token("bob") + "x", "pid").join();
      // Then
      assertThat(first.path("value").asInt()).isNotZero().isNotEqualTo(space.pid());
      assertThat(second.path("value")).isEqualTo(first.path("value"));
      assertThat(node.done())
          .extracting(TurnRecord::visitor, TurnRecord::warm)
          .containsExactly(tuple("eve", false), tuple("eve", true));
      for (JsonNode refused : List.of(shown, raised)) {
        assertThat(refused.path("title").asText()).isEqualTo("ZeroGPU quota exceeded");
        assertThat(refused.path("error").asText())
            .contains(
                "You have exceeded your free ZeroGPU quota (60s requested vs. 30s left). Try again in");
      }
      assertThat(forged.path("error").asText()).isEqualTo("Expired ZeroGPU proxy token");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVisitorSeesThatTheyWaitAndHowTheirCallGetsOn(Gradio gradio) throws Exception {
    // Given
    Path python = PythonWithSpaces.interpreter(gradio);
    Path end = dir.resolve("end");
    try (GradioSpace space = node.gradio(SPACE, python)) {
      var holding = space.visit(PAGE, null, "hold", end.toString());
      await().atMost(LONG).until(() -> node.engine.state().book().turns().size() == 1);
      // When
      var page = space.visit(PAGE, token("eve"), "count", 3);
      await().atMost(LONG).until(() -> node.engine.state().queue().waiting().size() == 1);
      Files.createFile(end);
      // Then
      JsonNode seen = page.join();
      assertThat(holding.join().path("value").asText()).isEqualTo("held");
      assertThat(seen.path("toasts").valueStream().map(JsonNode::asText))
          .containsExactly(
              "ZeroGPU queue: Waiting for a GPU to become available",
              "ZeroGPU queue: Successfully acquired a GPU",
              "Info: at 0",
              "Info: at 1",
              "Info: at 2");
      assertThat(seen.path("messages").valueStream().map(JsonNode::asText))
          .contains("process_generating");
      assertThat(space.visit(PROGRAM, token("eve"), "count", 3).join().path("outputs").toString())
          .isEqualTo("[\"0\",\"1\",\"2\"]");
    }
  }
}
