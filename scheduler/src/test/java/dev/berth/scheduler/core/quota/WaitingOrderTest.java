package dev.berth.scheduler.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.time.Means;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingOrderTest {
  private static final Shape SHAPE = new Shape(1, 1, new Accelerator.None());

  private static Placement.Waiting waiting(String queue, String flavor, int priority, long at) {
    Policy policy =
        new Policy(priority, false, queue, Topology.ANYWHERE, List.of(), List.of(), 0, 0);
    return new Placement.Waiting(
        new Request(queue + at, List.of(SHAPE), "acme", "o", flavor, "v1", policy), at);
  }

  private static Book book(long halfLife, int weightOfB, Placement... placed) {
    Limits ten = Limits.of(10);
    Quotas quotas =
        new Quotas(
            List.of(
                new QuotaNode("c", "", 1, Map.of("f", ten, "g", ten)),
                new QuotaNode("a", "c", 1, Map.of()),
                new QuotaNode("b", "c", weightOfB, Map.of())),
            halfLife,
            0);
    return Book.EMPTY.under(quotas, List.of(placed));
  }

  private static WaitingOrder order(Book book, List<Placement.Waiting> waiting, long now) {
    Book with = book;
    for (Placement.Waiting one : waiting) {
      with = with.replace(null, one);
    }
    return new WaitingOrder(new Ledger(with, now), QueueOrder.ARRIVAL.withinQueue(Means.NONE, now));
  }

  private static List<String> drain(WaitingOrder order) {
    List<String> ids = new ArrayList<>();
    for (Placement.Waiting next = order.next(); next != null; next = order.next()) {
      ids.add(next.id());
    }
    return ids;
  }

  @Test
  void withoutQuotasPriorityThenArrival() {
    var waiting =
        List.of(waiting("a", "f", 5, 3), waiting("b", "f", 0, 1), waiting("a", "f", 0, 2));
    assertThat(drain(order(Book.EMPTY, waiting, 9))).containsExactly("a3", "b1", "a2");
  }

  @Test
  void theSmallestDominantShareGoesFirstAndSharesGrowAsTheyAreServed() {
    // Given
    Placement.Placed held = waiting("a", "g", 0, 0).place(List.of(), 1, 1);
    Book book = book(0, 1, held);
    var waiting =
        List.of(
            waiting("a", "f", 0, 1),
            waiting("a", "f", 0, 2),
            waiting("b", "f", 0, 3),
            waiting("b", "f", 0, 4),
            waiting("b", "f", 0, 5));
    WaitingOrder order = order(book, waiting, 9);

    // When
    List<String> ids = new ArrayList<>();
    for (Placement.Waiting next = order.next(); next != null; next = order.next()) {
      ids.add(next.id());
      order.placed(next);
    }

    // Then
    assertThat(ids).containsExactly("b3", "a1", "a2", "b4", "b5");
  }

  @Test
  void aWeightOfThreeCountsAThird() {
    // Given
    Placement.Placed a = waiting("a", "f", 0, 0).place(List.of(), 1, 1);
    Placement.Placed b1 = waiting("b", "f", 0, 0).place(List.of(), 1, 1);
    Book equal = book(0, 1, a, b1, b1);
    Book weighted = book(0, 3, a, b1, b1);
    var waiting = List.of(waiting("a", "f", 0, 7), waiting("b", "f", 0, 8));

    // When // Then
    assertThat(drain(order(equal, waiting, 9))).containsExactly("a7", "b8");
    assertThat(drain(order(weighted, waiting, 9))).containsExactly("b8", "a7");
  }

  @Test
  void whoUsedMuchLatelyWaits() {
    // Given
    OrderedMap<QuotaKey, Past> history = OrderedMap.empty();
    history = history.with(new QuotaKey("a", "f"), new Past(4 * Past.MICROS, 0));
    Placement.Placed b = waiting("b", "f", 0, 0).place(List.of(), 1, 1);
    Book book = book(100, 1, b).withHistory(history);
    var waiting = List.of(waiting("b", "f", 0, 7), waiting("a", "f", 0, 8));

    // When // Then
    assertThat(drain(order(book, waiting, 100))).containsExactly("b7", "a8");
    assertThat(drain(order(book, waiting, 1_000))).containsExactly("a8", "b7");
  }
}
