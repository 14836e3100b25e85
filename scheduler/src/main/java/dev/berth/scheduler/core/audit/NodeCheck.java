package dev.berth.scheduler.core.audit;

import dev.berth.scheduler.core.audit.Discrepancy.Kind;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Lease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One node against the leases that the placements hold on it. */
final class NodeCheck {
  private NodeCheck() {}

  static void check(Node node, List<Lease> implied, List<Discrepancy> found) {
    leases(node, implied, found);
    long cpu = implied.stream().mapToLong(Lease::cpuMilli).sum();
    long memory = implied.stream().mapToLong(Lease::memoryMib).sum();
    amount(node, "cpu", cpu, node.cpuUsed(), node.inventory().cpuMilli(), found);
    amount(node, "memory", memory, node.memoryUsed(), node.inventory().memoryMib(), found);
    cards(node, implied, found);
    ChipCheck.check(node, implied, found);
  }

  private static void leases(Node node, List<Lease> implied, List<Discrepancy> found) {
    Map<String, Lease> known = new HashMap<>(node.leases());
    for (Lease lease : implied) {
      Lease here = known.remove(lease.id());
      if (!lease.equals(here)) {
        String is = here == null ? "nothing" : here.toString();
        add(Kind.LEASE_MISSING, node, lease.id(), lease.toString(), is, found);
      }
    }
    for (String orphan : known.keySet()) {
      add(Kind.LEASE_ORPHANED, node, orphan, "a placement that holds it", "none", found);
    }
  }

  private static void amount(
      Node node, String what, long implied, long kept, long has, List<Discrepancy> found) {
    if (implied != kept) {
      add(Kind.USAGE_WRONG, node, what, implied + " in use", kept + "", found);
    }
    if (implied > has) {
      add(Kind.OVER_CAPACITY, node, what, "at most " + has + " in use", implied + "", found);
    }
  }

  private static void cards(Node node, List<Lease> implied, List<Discrepancy> found) {
    List<Card> cards = node.inventory().cards();
    if (cards.size() != node.cards().size()) {
      add(Kind.DEVICE_WRONG, node, "cards", cards.size() + "", node.cards().size() + "", found);
      return;
    }
    Map<Integer, CardClaims> claims = CardClaims.of(implied);
    for (int i = 0; i < cards.size(); i++) {
      CardClaims held = claims.getOrDefault(cards.get(i).index(), CardClaims.NONE);
      card(node, cards.get(i), held, node.cards().get(i), found);
    }
  }

  private static void card(
      Node node, Card card, CardClaims held, Occupancy kept, List<Discrepancy> found) {
    String conflict = held.conflict(card);
    if (conflict != null) {
      add(Kind.DEVICE_TWICE, node, card.name(), "holds that fit together", conflict, found);
    } else if (!held.occupancy(card).equals(kept)) {
      add(Kind.DEVICE_WRONG, node, card.name(), held.occupancy(card) + "", kept + "", found);
    }
  }

  static void add(
      Kind kind, Node node, String what, String expected, String is, List<Discrepancy> found) {
    found.add(new Discrepancy(kind, node.name() + "/" + what, expected, is));
  }
}
