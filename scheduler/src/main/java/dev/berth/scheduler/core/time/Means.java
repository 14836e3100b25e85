package dev.berth.scheduler.core.time;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;

/**
 * Mean run times by flavor; a flavor that is hardly known is taken for its size. {@code ended}
 * counts all placements that ended. Bounded and not stored, as {@link Durations}.
 */
public record Means(OrderedMap<String, Mean> byKey, long ended) {
  public static final Means NONE = new Means(OrderedMap.empty(), 0);

  /** So many runs of the size count as runs of the flavor. */
  private static final int BORROWED = 3;

  private static final long FIRST_GUESS_SECONDS = 3_600;
  private static final long SECOND = 1_000_000_000L;

  /** {@code count} runs of {@code seconds} in all. */
  public record Mean(long seconds, long count) {
    static final Mean NONE = new Mean(0, 0);

    Mean with(long more) {
      return new Mean(seconds + more, count + 1);
    }

    /** With {@code times} more runs of {@code guess} seconds each. */
    long near(long guess, int times) {
      return (seconds + guess * times) / (count + times);
    }
  }

  public Means learn(Request request, long nanos) {
    long seconds = nanos / SECOND;
    OrderedMap<String, Mean> next = add(byKey, "size " + size(request), seconds);
    return new Means(add(next, "flavor " + request.flavor(), seconds), ended + 1);
  }

  private static OrderedMap<String, Mean> add(
      OrderedMap<String, Mean> means, String key, long seconds) {
    Mean known = means.get(key);
    boolean full = known == null && means.size() >= Durations.MAX_KEYS;
    return full ? means : means.with(key, (known == null ? Mean.NONE : known).with(seconds));
  }

  /** What the request will take: device-milliseconds, a twentieth of a device at least. */
  public long work(Request request) {
    long guess = mean("size " + size(request)).near(FIRST_GUESS_SECONDS, 1);
    long seconds = mean("flavor " + request.flavor()).near(guess, BORROWED);
    return Math.max(1, seconds) * Math.max(50, milli(request));
  }

  private Mean mean(String key) {
    Mean known = byKey.get(key);
    return known == null ? Mean.NONE : known;
  }

  private static long size(Request request) {
    return Math.ceilDiv(milli(request), 1_000);
  }

  /** Thousandths of devices in all; a MIG instance counts as a quarter. */
  public static long milli(Request request) {
    return request.members().stream().mapToLong(Means::milli).sum();
  }

  private static long milli(Shape shape) {
    return switch (shape.accelerator()) {
      case Accelerator.None none -> 0;
      case Accelerator.Seat seat -> 0;
      case Accelerator.WholeGpus gpus -> 1_000L * gpus.count();
      case Accelerator.GpuShare share -> share.milli();
      case Accelerator.MigSlice mig -> 250;
      case Accelerator.TpuSlice slice -> 1_000L * slice.chips();
    };
  }
}
