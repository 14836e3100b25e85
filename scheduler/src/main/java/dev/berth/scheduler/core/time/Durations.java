package dev.berth.scheduler.core.time;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.model.Request;

/**
 * What was learned about run times. Bounded, and not stored: a new leader starts with declared
 * times and guesses, and learns again.
 */
public record Durations(OrderedMap<String, Sketch> sketches, Means means) {
  public static final Durations NONE = new Durations(OrderedMap.empty(), Means.NONE);

  /** Keys that are kept at most; what comes later is learned by flavor only. */
  static final int MAX_KEYS = 4_096;

  /** The same after {@code request} held its devices for {@code nanos}. */
  public Durations learn(Request request, long nanos) {
    long declared = request.policy().expectedNanos();
    Durations next = new Durations(sketches, means.learn(request, nanos));
    if (declared > 0) {
      double used = (double) nanos * 1_000 / declared;
      next = next.with(declaredBy(request), (long) Math.min(used, 1e12));
    }
    return next.with(flavor(request), nanos).with(flavorOfAccount(request), nanos);
  }

  /** How long {@code request} will run. */
  public Lifetime of(Request request) {
    long declared = request.policy().expectedNanos();
    if (declared > 0) {
      return new Lifetime(sketch(declaredBy(request)), declared);
    }
    Sketch own = sketch(flavorOfAccount(request));
    return new Lifetime(
        own.total() >= Lifetime.MIN_SAMPLES ? own : sketch(flavor(request)), declared);
  }

  private Durations with(String key, long sample) {
    Sketch known = sketches.get(key);
    if (known == null && sketches.size() >= MAX_KEYS) {
      return this;
    }
    return new Durations(
        sketches.with(key, (known == null ? Sketch.EMPTY : known).with(sample)), means);
  }

  private Sketch sketch(String key) {
    Sketch known = sketches.get(key);
    return known == null ? Sketch.EMPTY : known;
  }

  private static String declaredBy(Request request) {
    return "declared " + request.account();
  }

  private static String flavor(Request request) {
    return "flavor " + request.flavor();
  }

  private static String flavorOfAccount(Request request) {
    return "account " + request.account() + " " + request.flavor();
  }
}
