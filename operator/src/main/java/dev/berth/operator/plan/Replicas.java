package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementState.Placed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts replicas by the pods that serve. */
final class Replicas {
  private Replicas() {}

  /** Of two placements of one slot the one with more counts. */
  static int ready(Situation situation, String revision) {
    Map<String, Long> pods =
        situation.observed().servingPods(revision).stream()
            .collect(Collectors.groupingBy(PodView::placement, Collectors.counting()));
    Map<Integer, Integer> bySlot = new HashMap<>();
    pods.forEach(
        (placement, count) ->
            bySlot.merge(
                slot(placement), members(situation, placement, count.intValue()), Math::max));
    return bySlot.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int slot(String placement) {
    return PlacementId.parse(placement).map(PlacementId::slot).orElse(-1);
  }

  /** A member over several hosts is ready when all of its pods are. */
  private static int members(Situation situation, String placement, int pods) {
    int members = situation.workload().wish().members();
    int leases = leases(situation).getOrDefault(placement, members);
    return Math.min(members, pods * members / Math.max(1, Math.max(members, leases)));
  }

  private static Map<String, Integer> leases(Situation situation) {
    Function<Placement, Integer> held =
        p -> p.state() instanceof Placed placed ? placed.leases().size() : 0;
    return situation.observed().placements().stream()
        .collect(Collectors.toMap(p -> p.id().toString(), held, Math::max));
  }
}
