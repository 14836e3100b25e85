package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.time.Means;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void byArrivalTheListIsAsItIs() {
    // Given
    List<Placement.Waiting> waiting = List.of(waiting("a", 8, 0, 0), waiting("b", 1, 0, 1));

    // When
    List<Placement.Waiting> sorted = sorted(QueueOrder.ARRIVAL, waiting, Means.NONE, HOUR);

    // Then
    assertThat(sorted).isEqualTo(waiting);
  }

  @Test
  void theLeastExpectedWorkGoesFirst() {
    // Given flavors of one size, of which one has always run ten times as long
    Means means = Means.NONE;
    for (int i = 0; i < 50; i++) {
      means = means.learn(waiting("long", 1, 0, 0).request(), 10 * HOUR);
      means = means.learn(waiting("short", 1, 0, 0).request(), HOUR);
    }
    List<Placement.Waiting> waiting =
        List.of(waiting("long", 1, 0, 0), waiting("many", 8, 0, 0), waiting("short", 1, 0, 0));

    // When
    List<Placement.Waiting> sorted = sorted(QueueOrder.LEAST_WORK, waiting, means, HOUR);

    // Then
    assertThat(sorted)
        .extracting(Placement::id)
        .containsExactly("short", "many", "long"); // 1, 8 and 10 GPU-hours
  }

  @Test
  void whoWaitsLongEnoughGoesBeforeSmallerWork() {
    // Given
    Placement.Waiting large = waiting("large", 8, 0, 0);
    Placement.Waiting small = waiting("small", 1, 0, 100 * HOUR);

    // When
    List<Placement.Waiting> sorted =
        sorted(QueueOrder.LEAST_WORK, List.of(small, large), Means.NONE, 100 * HOUR);

    // Then
    assertThat(sorted).containsExactly(large, small);
  }

  private static List<Placement.Waiting> sorted(
      QueueOrder order, List<Placement.Waiting> waiting, Means means, long now) {
    return waiting.stream().sorted(order.withinQueue(means, now)).toList();
  }

  private static Placement.Waiting waiting(String id, int gpus, int priority, long created) {
    Policy policy = new Policy(priority, false, "", Topology.ANYWHERE, List.of(), List.of(), 0, 0);
    Shape shape = new Shape(1, 1, new Accelerator.WholeGpus("T4-16", gpus));
    return new Placement.Waiting(
        new Request(id, List.of(shape), "acme", "o", id, "v1", policy), created);
  }
}
