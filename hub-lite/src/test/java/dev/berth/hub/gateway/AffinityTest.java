package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AffinityTest {
  private static final List<Backend> PODS =
      IntStream.range(1, 5).mapToObj(i -> new Backend("10.0.0." + i, 7860)).toList();

  @Test
  void theCookieDecides() {
    for (Backend pod : PODS) {
      assertThat(Affinity.order(PODS, Affinity.name(pod), "alice")).startsWith(pod);
    }
  }

  @Test
  void withoutOneVisitorsSpreadAndStay() {
    // When
    Map<Backend, Integer> visitors = new HashMap<>();
    IntStream.range(0, 400)
        .mapToObj(i -> Affinity.order(PODS.reversed(), null, "ip:203.0.113." + i).getFirst())
        .forEach(pod -> visitors.merge(pod, 1, Integer::sum));

    // Then
    assertThat(visitors.values()).hasSize(4).allMatch(count -> count > 60);
    assertThat(Affinity.order(PODS, null, "alice"))
        .isEqualTo(Affinity.order(PODS.reversed(), null, "alice"));
  }

  @Test
  void whenAPodGoesOnlyItsVisitorsMove() {
    IntStream.range(0, 200)
        .mapToObj(i -> "visitor-" + i)
        .forEach(
            visitor -> {
              var before = Affinity.order(PODS, null, visitor);
              var after = Affinity.order(PODS.subList(0, 3), null, visitor);
              assertThat(after.getFirst())
                  .isEqualTo(
                      before.getFirst().equals(PODS.getLast()) ? before.get(1) : before.getFirst());
            });
  }
}
