package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.model.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much choosy demand waits for each kind of node. Demand that fits on less than half of all
 * GPUs is spread over the kinds that it fits, always to the one with the least load; the load is
 * that demand divided by the kind's GPUs, when the whole mix is scaled to fill the fleet.
 */
final class Scarcity {
  private static final int STEPS = 200;
  private static final double CHOOSY = 0.5;

  private final List<SupplyDemand.Supply> kinds;
  private final long[] masks;
  private final double[] gpus;
  private final double[] load;
  private final Map<String, Double> byKind = new HashMap<>();

  Scarcity(SupplyDemand supplyDemand, ModelBits bits) {
    kinds = supplyDemand.supplies();
    masks = new long[kinds.size()];
    gpus = new double[kinds.size()];
    load = new double[kinds.size()];
    for (int i = 0; i < masks.length; i++) {
      SupplyDemand.Supply kind = kinds.get(i);
      masks[i] = kind.cards().stream().mapToLong(bits::bit).reduce(0, (a, b) -> a | b);
      gpus[i] = (double) kind.cards().size() * kind.nodes();
    }
    pour(supplyDemand.mix(), bits);
    for (int i = 0; i < masks.length; i++) {
      byKind.put(SupplyDemand.kind(kinds.get(i)), load[i]);
    }
  }

  private void pour(Mix mix, ModelBits bits) {
    double supply = sum(gpus);
    double asked = 0;
    Map<List<Integer>, Double> choosy = new java.util.TreeMap<>(Scarcity::order);
    for (Mix.Entry entry : mix.entries()) {
      Demand demand = Demand.of(entry.shape(), bits);
      double amount = demand.milliInAll() / 1000.0 * entry.weight();
      asked += amount;
      List<Integer> fits = fitting(demand);
      double reach = fits.stream().mapToDouble(i -> gpus[i]).sum();
      if (amount > 0 && !fits.isEmpty() && reach < CHOOSY * supply) {
        choosy.merge(fits, amount, Double::sum);
      }
    }
    double scale = asked > 0 ? supply / asked : 0;
    for (int step = 0; step < STEPS; step++) {
      for (Map.Entry<List<Integer>, Double> entry : choosy.entrySet()) {
        int kind = least(entry.getKey());
        load[kind] += entry.getValue() * scale / STEPS / gpus[kind];
      }
    }
  }

  private int least(List<Integer> kindsThatFit) {
    int best = kindsThatFit.getFirst();
    for (int kind : kindsThatFit) {
      best = load[kind] < load[best] ? kind : best;
    }
    return best;
  }

  private List<Integer> fitting(Demand demand) {
    return java.util.stream.IntStream.range(0, masks.length)
        .filter(i -> fits(i, demand))
        .boxed()
        .toList();
  }

  private boolean fits(int kind, Demand demand) {
    SupplyDemand.Supply supply = kinds.get(kind);
    return demand.count() > 0
        && demand.cpuMilli() <= supply.cpuMilli()
        && demand.memoryMib() <= supply.memoryMib()
        && demand.count() <= supply.cards().size()
        && (demand.models() & masks[kind]) != 0;
  }

  /** The load on nodes of this kind; 0 for an unknown one. */
  double of(SupplyDemand.Supply supply) {
    return byKind.getOrDefault(SupplyDemand.kind(supply), 0.0);
  }

  /** The smallest load among the kinds where the demand fits: what it cannot avoid. */
  double unavoidable(Shape shape, ModelBits bits) {
    Demand demand = Demand.of(shape, bits);
    double least = Double.MAX_VALUE;
    for (int i = 0; i < masks.length; i++) {
      least = fits(i, demand) ? Math.min(least, load[i]) : least;
    }
    return least == Double.MAX_VALUE ? 0 : least;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static int order(List<Integer> a, List<Integer> b) {
    return a.toString().compareTo(b.toString());
  }
}
