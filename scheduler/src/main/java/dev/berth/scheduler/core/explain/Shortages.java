package dev.berth.scheduler.core.explain;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Why a shape fits on no node, counted over the fleet by the reason that blocks each node. */
final class Shortages {
  /** Nodes blocked for one reason: {@code node} is the one with most free. */
  private record Group(String node, Fit.Shortage most, long freeInAll, int nodes) {
    static Group of(String node, Fit.Shortage first) {
      return new Group(node, first, first.free(), 1);
    }

    Group add(String other, Fit.Shortage here) {
      boolean better =
          here.free() > most.free() || (here.free() == most.free() && here.total() > most.total());
      return better
          ? new Group(other, here, freeInAll + here.free(), nodes + 1)
          : new Group(node, most, freeInAll + here.free(), nodes + 1);
    }
  }

  private Shortages() {}

  static Verdict verdict(Node node, Shape shape) {
    return switch (NodeFit.verdict(node, shape)) {
      case Fit.Fits fits -> new Verdict(node.name(), null);
      case Fit.Shortage blocking ->
          new Verdict(node.name(), reason(blocking.code(), shape, Group.of(node.name(), blocking)));
    };
  }

  /**
   * The reasons, most nodes first. Nodes that could never hold the shape count only when no node
   * could; then the single reason is NO_SUCH_DEVICE or TOO_LARGE.
   */
  static List<Reason> reasons(OrderedMap<String, Node> nodes, Shape shape) {
    Map<ReasonCode, Group> groups = groups(nodes, shape);
    List<Reason> reasons = new ArrayList<>();
    groups.forEach((code, group) -> reasons.add(reason(spread(code, group), shape, group)));
    List<Reason> possible = reasons.stream().filter(r -> !r.code().impossible()).toList();
    return possible.isEmpty() ? strongest(reasons) : mostNodesFirst(possible);
  }

  private static Map<ReasonCode, Group> groups(OrderedMap<String, Node> nodes, Shape shape) {
    Map<ReasonCode, Group> groups = new EnumMap<>(ReasonCode.class);
    for (Node node : nodes.values()) {
      if (NodeFit.verdict(node, shape) instanceof Fit.Shortage blocking) {
        Group known = groups.get(blocking.code());
        groups.put(
            blocking.code(),
            known == null ? Group.of(node.name(), blocking) : known.add(node.name(), blocking));
      }
    }
    return groups;
  }

  /** Too little on each node, but enough over all of them, is fragmentation. */
  private static ReasonCode spread(ReasonCode code, Group group) {
    boolean enough = group.nodes() > 1 && group.freeInAll() >= group.most().asked();
    return code == ReasonCode.INSUFFICIENT_ACCELERATORS && enough ? ReasonCode.FRAGMENTED : code;
  }

  private static List<Reason> strongest(List<Reason> impossible) {
    return impossible.stream()
        .max(Comparator.comparingInt(r -> r.code() == ReasonCode.TOO_LARGE ? 1 : 0))
        .map(List::of)
        .orElse(List.of());
  }

  private static List<Reason> mostNodesFirst(List<Reason> reasons) {
    return reasons.stream().sorted(Comparator.comparingInt(r -> -r.nodes())).toList();
  }

  private static Reason reason(ReasonCode code, Shape shape, Group group) {
    Fit.Shortage most = group.most();
    return new Reason(
        code,
        Sentences.of(code, shape, most, group.node()),
        most.asked(),
        most.free(),
        most.total(),
        most.unit(),
        most.resource(),
        group.nodes());
  }
}
