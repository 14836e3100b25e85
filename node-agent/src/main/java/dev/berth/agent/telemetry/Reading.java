package dev.berth.agent.telemetry;

import dev.berth.agent.telemetry.DcgmText.Sample;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What one scrape says of one card or one MIG instance.
 *
 * @param host "Hostname" of released exporters, "hostname" of newer ones
 * @param recentXids XID codes within the exporter's window
 */
public record Reading(
    Key key, String host, Map<DcgmField, Double> values, Set<Integer> recentXids) {
  public Reading {
    values = Map.copyOf(values);
    recentXids = Set.copyOf(recentXids);
  }

  /**
   * UUID is always the physical card's; a MIG row is told apart by its GPU instance id.
   *
   * @param gpuInstance -1 for the card itself
   */
  public record Key(String uuid, int gpuInstance) {
    public static final int CARD = -1;

    public static Key card(String uuid) {
      return new Key(uuid, CARD);
    }
  }

  public OptionalDouble value(DcgmField field) {
    Double value = values.get(field);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Busy ratio 0 to 1 by the best field there is; utilisation only where nothing better is. */
  public OptionalDouble busy() {
    for (DcgmField field : List.of(DcgmField.SM_ACTIVE, DcgmField.GR_ENGINE_ACTIVE)) {
      if (value(field).isPresent()) {
        return value(field);
      }
    }
    OptionalDouble percent = value(DcgmField.GPU_UTIL);
    return percent.isPresent() ? OptionalDouble.of(percent.getAsDouble() / 100) : percent;
  }

  /** Groups the samples of one scrape. */
  public static Map<Key, Reading> group(Collection<Sample> samples) {
    Map<Key, Reading> readings = new HashMap<>();
    for (Sample s : samples) {
      String uuid = s.labels().getOrDefault("UUID", s.labels().getOrDefault("uuid", ""));
      if (!uuid.isEmpty()) {
        Key key = new Key(uuid, instance(s.labels().getOrDefault("GPU_I_ID", "")));
        readings.merge(key, of(key, s), Reading::plus);
      }
    }
    return readings;
  }

  private static int instance(String id) {
    return id.matches("\\d{1,9}") ? Integer.parseInt(id) : Key.CARD;
  }

  private static Reading of(Key key, Sample s) {
    String host = s.labels().getOrDefault("Hostname", s.labels().getOrDefault("hostname", ""));
    if (s.field() == DcgmField.XID_COUNT) {
      int xid = instance(s.labels().getOrDefault("xid", ""));
      return new Reading(key, host, Map.of(), s.value() > 0 && xid > 0 ? Set.of(xid) : Set.of());
    }
    return new Reading(key, host, Map.of(s.field(), s.value()), Set.of());
  }

  private Reading plus(Reading o) {
    Map<DcgmField, Double> all = new EnumMap<>(DcgmField.class);
    all.putAll(values);
    all.putAll(o.values);
    Set<Integer> xids = new HashSet<>(recentXids);
    xids.addAll(o.recentXids);
    return new Reading(key, host, all, xids);
  }
}
