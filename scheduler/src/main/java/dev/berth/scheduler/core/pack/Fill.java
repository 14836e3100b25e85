package dev.berth.scheduler.core.pack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a room is worth: how much of its GPUs typical demand would fill. A few fixed samples of the
 * mix are packed into the room, largest first, tightest card first; the value is the sum of what
 * they fill, in thousandths of a GPU. How many requests a sample holds grows with the free GPUs.
 */
final class Fill {
  static final int SAMPLES = 48;
  private static final int MOST_REQUESTS = 56;

  /** A room with g free GPUs is filled from PER_ROOM + PER_GPU * g requests. */
  private static final double PER_ROOM = 3;

  private static final double PER_GPU = 3.5;

  private static final int MOST_SOURCES = 20_000;

  private static final Comparator<Demand> PACKING_ORDER =
      Comparator.comparingLong(Demand::milliInAll).reversed().thenComparingLong(Demand::cpuMilli);

  /** Per sample and size, the requests in the order in which they are packed. */
  private final Demand[][][] samples = new Demand[SAMPLES][MOST_REQUESTS + 1][];

  private final Table known = new Table();

  Fill(List<Demand> sources) {
    for (Demand[][] bySize : samples) {
      java.util.Arrays.fill(bySize, new Demand[0]);
    }
    if (!sources.isEmpty()) {
      sample(sources);
    }
  }

  /** Requests with accelerators, as often as the mix asks for them, at most some thousands. */
  static List<Demand> sources(Mix mix, ModelBits bits) {
    long scale = Math.max(1, mix.weight() / MOST_SOURCES);
    List<Demand> sources = new ArrayList<>();
    for (Mix.Entry entry : mix.entries()) {
      Demand demand = Demand.of(entry.shape(), bits);
      long times = demand.count() == 0 ? 0 : Math.ceilDiv(entry.weight(), scale);
      for (long i = 0; i < times; i++) {
        sources.add(demand);
      }
    }
    return sources;
  }

  private void sample(List<Demand> sources) {
    Dealer dealer = new Dealer(sources);
    for (Demand[][] bySize : samples) {
      List<Demand> packed = new ArrayList<>();
      for (int size = 1; size <= MOST_REQUESTS; size++) {
        insert(dealer.next(), packed);
        bySize[size] = packed.toArray(Demand[]::new);
      }
    }
  }

  private static void insert(Demand drawn, List<Demand> packed) {
    int at = packed.size();
    while (at > 0 && PACKING_ORDER.compare(drawn, packed.get(at - 1)) < 0) {
      at--;
    }
    packed.add(at, drawn);
  }

  /** Deals all sources in random order, then again: samples vary less than by drawing. */
  private static final class Dealer {
    private final List<Demand> sources;
    private final SplittableRandom random = new SplittableRandom(7);
    private final int[] order;
    private int next;

    Dealer(List<Demand> sources) {
      this.sources = sources;
      order = new int[sources.size()];
      next = order.length;
    }

    Demand next() {
      if (next == order.length) {
        shuffle();
      }
      return sources.get(order[next++]);
    }

    private void shuffle() {
      next = 0;
      for (int i = 0; i < order.length; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
    }
  }

  /** The value as remembered, or {@link Table#ABSENT}. */
  int known(long key) {
    return known.get(key);
  }

  /** The value of cards that offer {@code milli} beside free processor; it is remembered. */
  int value(long key, long cpuMilli, int[] milli, long[] models) {
    int free = 0;
    long all = 0;
    for (int i = 0; i < milli.length; i++) {
      free += milli[i];
      all |= models[i];
    }
    int requests = Math.clamp(Math.round(PER_ROOM + PER_GPU * free / 1000), 1, MOST_REQUESTS);
    int value = 0;
    for (Demand[][] bySize : samples) {
      value += free == 0 ? 0 : filled(bySize[requests], cpuMilli, milli.clone(), models, all, free);
    }
    known.put(key, value);
    return value;
  }

  private static int filled(
      Demand[] requests, long cpuMilli, int[] milli, long[] models, long all, int free) {
    long cpu = cpuMilli;
    int filled = 0;
    int idle = idle(milli);
    for (int i = 0; i < requests.length && filled < free; i++) {
      Demand request = requests[i];
      if (request.cpuMilli() > cpu || (request.models() & all) == 0) {
        continue;
      }
      if (request.kind() == Demand.Kind.SHARE) {
        int card = tightest(request, milli, models);
        if (card >= 0) {
          idle -= milli[card] == 1000 ? 1 : 0;
          milli[card] -= request.milli();
          filled += request.milli();
          cpu -= request.cpuMilli();
        }
      } else if (request.count() <= idle && takeWhole(request, milli, models)) {
        idle -= request.count();
        filled += request.count() * 1000;
        cpu -= request.cpuMilli();
      }
    }
    return filled;
  }

  private static int idle(int[] milli) {
    int idle = 0;
    for (int one : milli) {
      idle += one == 1000 ? 1 : 0;
    }
    return idle;
  }

  private static int tightest(Demand request, int[] milli, long[] models) {
    int best = -1;
    for (int i = 0; i < milli.length; i++) {
      boolean fits = milli[i] >= request.milli() && (models[i] & request.models()) != 0;
      best = fits && (best < 0 || milli[i] < milli[best]) ? i : best;
    }
    return best;
  }

  private static boolean takeWhole(Demand request, int[] milli, long[] models) {
    int idle = 0;
    for (int i = 0; i < milli.length; i++) {
      idle += milli[i] == 1000 && (models[i] & request.models()) != 0 ? 1 : 0;
    }
    int left = idle < request.count() ? 0 : request.count();
    boolean taken = left > 0;
    for (int i = 0; i < milli.length && left > 0; i++) {
      if (milli[i] == 1000 && (models[i] & request.models()) != 0) {
        milli[i] = 0;
        left--;
      }
    }
    return taken;
  }
}
