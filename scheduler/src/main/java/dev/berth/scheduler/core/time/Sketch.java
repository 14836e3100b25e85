package dev.berth.scheduler.core.time;

import dev.berth.collect.OrderedMap;
import java.util.Map;

/**
 * A histogram of positive numbers with four buckets to each power of two, so a quantile is off by
 * at most an eighth. Old samples fade: when {@link #MAX_SAMPLES} is reached, every count is halved.
 * Immutable; {@code min} and {@code max} are of all samples ever.
 */
public record Sketch(OrderedMap<Integer, Integer> counts, int total, long min, long max) {
  static final Sketch EMPTY = new Sketch(OrderedMap.empty(), 0, Long.MAX_VALUE, 0);
  static final int MAX_SAMPLES = 512;

  /** A count weighs this much, so that a part of a bucket is an integer too. */
  private static final long WEIGHT = 1_000;

  Sketch with(long sample) {
    long value = Math.max(1, sample);
    Sketch rest = total >= MAX_SAMPLES ? halved() : this;
    int bucket = bucket(value);
    Integer count = rest.counts.get(bucket);
    return new Sketch(
        rest.counts.with(bucket, count == null ? 1 : count + 1),
        rest.total + 1,
        Math.min(min, value),
        Math.max(max, value));
  }

  private Sketch halved() {
    OrderedMap<Integer, Integer> half = OrderedMap.empty();
    int left = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      int count = entry.getValue() / 2;
      half = count == 0 ? half : half.with(entry.getKey(), count);
      left += count;
    }
    return new Sketch(half, left, min, max);
  }

  /** How many samples are larger than {@code age}, in thousandths of a sample. */
  long beyond(long age) {
    long mass = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      mass += beyond(entry.getKey(), entry.getValue(), age);
    }
    return mass;
  }

  /** The {@code permille} quantile of the samples that are larger than {@code age}. */
  long quantile(long age, int permille) {
    long need = Math.max(1, beyond(age) * permille / 1_000);
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      long here = beyond(entry.getKey(), entry.getValue(), age);
      if (here > 0 && here >= need) {
        long low = Math.max(age, low(entry.getKey()));
        return low + (long) Math.ceil((double) (high(entry.getKey()) - low) * need / here);
      }
      need -= here;
    }
    return Math.max(age, max);
  }

  private long beyond(int bucket, int count, long age) {
    long low = low(bucket);
    long high = high(bucket);
    if (age < low) {
      return count * WEIGHT;
    }
    return age >= high ? 0 : (long) ((double) count * WEIGHT * (high - age) / (high - low));
  }

  private long low(int bucket) {
    return Math.max(min - 1, edge(bucket));
  }

  private long high(int bucket) {
    return Math.min(max, edge(bucket + 1));
  }

  private static int bucket(long value) {
    int power = 63 - Long.numberOfLeadingZeros(value);
    long quarter = power < 2 ? 0 : (value >>> (power - 2)) & 3;
    return power * 4 + (int) quarter;
  }

  private static long edge(int bucket) {
    int power = bucket / 4;
    long whole = 1L << Math.min(62, power);
    return whole + whole / 4 * (bucket % 4);
  }
}
