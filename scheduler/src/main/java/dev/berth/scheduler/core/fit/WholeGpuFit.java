package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.ReasonCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whole cards, in one NVLink group where one has enough, in the fullest such group. */
final class WholeGpuFit {
  private WholeGpuFit() {}

  /** All cards of one model: of those that have enough, the tightest. */
  static Fit of(Node node, WholeGpus asked) {
    List<Card> cards = node.inventory().cards();
    Fit best = null;
    for (int i = 0; i < cards.size(); i++) {
      if (asked.models().allows(cards.get(i).model()) && firstOfModel(cards, i)) {
        Fit fit = ofModel(node, cards.get(i).model(), asked.count());
        best = best == null ? fit : better(best, fit);
      }
    }
    return best == null
        ? Fit.Shortage.unknown(asked.models().toString(), "gpu", asked.count())
        : best;
  }

  private static boolean firstOfModel(List<Card> cards, int at) {
    for (int i = at - 1; i >= 0; i--) {
      if (cards.get(i).model().equals(cards.get(at).model())) {
        return false;
      }
    }
    return true;
  }

  private static Fit better(Fit best, Fit other) {
    return switch (best) {
      case Fit.Fits fits ->
          other instanceof Fit.Fits more && more.score().compareTo(fits.score()) < 0 ? more : fits;
      case Fit.Shortage shortage ->
          other instanceof Fit.Shortage less
                  && less.free() <= shortage.free()
                  && less.total() <= shortage.total()
              ? shortage
              : other;
    };
  }

  private static Fit ofModel(Node node, String model, int count) {
    List<Card> free = new ArrayList<>(node.cards().size());
    int total = 0;
    boolean together = true;
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      if (!card.model().equals(model)) {
        continue;
      }
      total++;
      if (card.healthy() && node.cards().get(i) instanceof Occupancy.Free) {
        free.add(card);
        together &= card.linkGroup().equals(free.getFirst().linkGroup());
      }
    }
    if (free.size() < count) {
      ReasonCode code = ReasonCode.INSUFFICIENT_ACCELERATORS;
      return new Fit.Shortage(code, count, free.size(), total, "gpu", model);
    }
    return choose(node, together ? List.of(free) : groups(free), count, free.size());
  }

  private static List<List<Card>> groups(List<Card> free) {
    Map<String, List<Card>> groups = new TreeMap<>();
    for (Card card : free) {
      groups.computeIfAbsent(card.linkGroup(), g -> new ArrayList<>()).add(card);
    }
    return List.copyOf(groups.values());
  }

  /** Of those that have enough; then the others, largest first. */
  private static List<List<Card>> fullestFirst(List<List<Card>> groups, int count) {
    if (groups.size() == 1) {
      return groups;
    }
    List<List<Card>> order = new ArrayList<>(groups);
    order.sort(Comparator.comparingInt(g -> g.size() >= count ? g.size() : 10_000 - g.size()));
    return order;
  }

  private static Fit choose(Node node, List<List<Card>> groups, int count, int free) {
    List<List<Card>> order = fullestFirst(groups, count);
    List<Device> devices = new ArrayList<>();
    int used = 0;
    for (List<Card> group : order) {
      used += devices.size() < count ? 1 : 0;
      for (Card card : group) {
        if (devices.size() < count) {
          devices.add(new Device.WholeGpu(card.index(), card.model(), card.memoryMib()));
        }
      }
    }
    long leftInGroup = Math.max(0, order.getFirst().size() - count);
    return new Fit.Fits(
        devices, new Score(used - 1, 0, free - count, NodeFit.freeCards(node) + leftInGroup));
  }
}
