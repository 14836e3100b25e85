package dev.berth.scheduler.core.pack;

import java.util.stream.IntStream;

/**
 * What idle cards of one node are worth together, to demand for several of them: for each count
 * that is asked for, how often it fits by cards and by processor.
 */
final class GroupValue {
  private static final int MOST = 16;

  /** A count that makes this part of all asked GPUs has full weight. */
  private static final double FULL_SHARE = 0.02;

  private static final double WEIGHT = 2;

  private final double[] weight = new double[MOST + 1];
  private final double[] processor = new double[MOST + 1];

  /** Those that are asked for, ascending. */
  private final int[] counts;

  GroupValue(Mix mix, ModelBits bits) {
    double asked = 0;
    double[] requests = new double[MOST + 1];
    for (Mix.Entry entry : mix.entries()) {
      Demand demand = Demand.of(entry.shape(), bits);
      double gpus = demand.milliInAll() / 1000.0 * entry.weight();
      asked += gpus;
      if (demand.kind() == Demand.Kind.WHOLE && demand.count() >= 2 && demand.count() <= MOST) {
        weight[demand.count()] += gpus;
        processor[demand.count()] += (double) demand.cpuMilli() * entry.weight();
        requests[demand.count()] += entry.weight();
      }
    }
    for (int count = 2; count <= MOST; count++) {
      weight[count] = asked > 0 ? Math.min(1, weight[count] / asked / FULL_SHARE) : 0;
      double mean = requests[count] > 0 ? processor[count] / requests[count] : 1;
      processor[count] = Math.max(1, mean);
    }
    counts = IntStream.rangeClosed(2, MOST).filter(count -> weight[count] > 0).toArray();
  }

  double of(int idle, long cpuMilli) {
    double value = 0;
    for (int count : counts) {
      if (count > idle) {
        break;
      }
      int byCards = idle / count;
      long byProcessor = (long) (cpuMilli / processor[count]);
      value += weight[count] * count * Math.min(byCards, byProcessor);
    }
    return WEIGHT * value;
  }
}
