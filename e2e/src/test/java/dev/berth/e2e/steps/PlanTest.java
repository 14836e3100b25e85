package dev.berth.e2e.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.e2e.FleetException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final Plan plan =
      new Plan(
          new Progress(
              new PrintStream(printed, true, StandardCharsets.UTF_8),
              Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));

  private Step step(String name, String... after) {
    return new Step(name, Set.of(after), () -> done.add(name));
  }

  private Step broken(String name, String... after) {
    return new Step(
        name,
        Set.of(after),
        () -> {
          throw new FleetException(name + " is broken");
        });
  }

  @Test
  void aStepRunsAfterWhatItNeeds() {
    // When
    plan.run(List.of(step("a"), step("b", "a"), step("c", "a", "b")));

    // Then
    assertThat(done).containsExactly("a", "b", "c");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("a ").contains("0.0 s");
  }

  @Test
  void aFailureIsThrownAndWhatNeedsItDoesNotRun() {
    // When
    assertThatThrownBy(() -> plan.run(List.of(broken("a"), step("b", "a"))))
        .isInstanceOf(FleetException.class)
        .hasMessage("a is broken");

    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void aStepThatNeedsAnUnknownOneIsAnError() {
    assertThatThrownBy(() -> plan.run(List.of(step("a", "z"))))
        .hasMessageContaining("Step a needs z");
  }
}
