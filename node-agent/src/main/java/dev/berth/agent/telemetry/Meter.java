package dev.berth.agent.telemetry;

import dev.berth.agent.core.Reports.Metered;
import dev.berth.agent.telemetry.Reading.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Adds up busy time and energy by lease from successive scrapes. Pure: the next meter is a function
 * of this one and a scrape. A repeated (stale) sample adds nothing, a gap counts for at most two
 * intervals, and an energy counter that went back started again from zero.
 */
public final class Meter {
  private static final Meter EMPTY = new Meter(Map.of(), Map.of());
  private final Map<Key, Seen> seen;
  private final Map<String, Metered> totals;

  private record Seen(Reading reading, long at) {}

  /**
   * A part of a card that a lease holds.
   *
   * @param row the row that shows its busy ratio
   * @param share of the card's energy, 0 to 1
   */
  public record Part(Key row, double share) {}

  /**
   * What a lease holds now.
   *
   * @param base its totals before this meter knew it
   */
  public record Holding(List<Part> parts, Metered base) {
    public Holding {
      parts = List.copyOf(parts);
    }
  }

  private Meter(Map<Key, Seen> seen, Map<String, Metered> totals) {
    this.seen = Map.copyOf(seen);
    this.totals = Map.copyOf(totals);
  }

  public static Meter empty() {
    return EMPTY;
  }

  /** Totals of the leases held now, by id. */
  public Map<String, Metered> totals() {
    return totals;
  }

  /**
   * Counts one scrape.
   *
   * @param held what each lease holds now, by its id
   * @param at monotonic ns of the scrape
   * @param interval ns between samples
   */
  public Meter scraped(
      Map<Key, Reading> readings, Map<String, Holding> held, long at, long interval) {
    Map<Key, Delta> deltas = new HashMap<>();
    Map<Key, Seen> next = new HashMap<>(seen);
    readings.forEach(
        (key, reading) -> {
          Seen before = seen.get(key);
          if (before == null || !before.reading().equals(reading)) {
            next.put(key, new Seen(reading, at));
            deltas.put(key, delta(before, reading, at, interval));
          }
        });
    next.keySet().removeIf(k -> !readings.containsKey(k));
    Map<String, Metered> sums = new HashMap<>();
    held.forEach((lease, holding) -> sums.put(lease, add(lease, holding, deltas)));
    return new Meter(next, sums);
  }

  private record Delta(double busyNanos, double millijoules) {
    static final Delta NONE = new Delta(0, 0);
  }

  private static Delta delta(@Nullable Seen before, Reading now, long at, long interval) {
    if (before == null) {
      return Delta.NONE;
    }
    long elapsed = Math.min(at - before.at(), 2 * interval);
    return new Delta(now.busy().orElse(0) * elapsed, energy(before.reading(), now));
  }

  private static double energy(Reading before, Reading now) {
    OptionalDouble from = before.value(DcgmField.ENERGY);
    OptionalDouble to = now.value(DcgmField.ENERGY);
    if (from.isEmpty() || to.isEmpty()) {
      return 0;
    }
    double grown = to.getAsDouble() - from.getAsDouble();
    return grown >= 0 ? grown : to.getAsDouble();
  }

  /**
   * Busy is the mean over a lease's parts, so it compares with its held time; energy is the sum.
   */
  private Metered add(String lease, Holding holding, Map<Key, Delta> deltas) {
    double busy = 0;
    double millijoules = 0;
    for (Part part : holding.parts()) {
      Delta d = deltas.getOrDefault(part.row(), Delta.NONE);
      busy += d.busyNanos() / holding.parts().size();
      millijoules += d.millijoules() * part.share();
    }
    Metered before = totals.getOrDefault(lease, holding.base());
    return new Metered(
        before.busyNanos() + Math.round(busy),
        before.energyMillijoules() + Math.round(millijoules));
  }
}
