package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.model.Models;
import java.util.HashMap;
import java.util.Map;

/** One bit for each GPU model met, in order of appearance. All beyond 63 share the last bit. */
final class ModelBits {
  private static final int LAST = 63;
  private final Map<String, Integer> bits = new HashMap<>();

  long bit(String model) {
    return 1L << bits.computeIfAbsent(model, m -> Math.min(bits.size(), LAST));
  }

  /** Whether two models share a bit, so that masks say nothing for sure. */
  boolean crowded() {
    return bits.size() > LAST;
  }

  long mask(Models models) {
    return models.names().isEmpty()
        ? -1L
        : models.names().stream().mapToLong(this::bit).reduce(0, (a, b) -> a | b);
  }
}
