package dev.berth.agent.telemetry;

import dev.berth.agent.telemetry.Reading.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which XID errors make a card unhealthy. The exporter's gauge is sticky (the last code ever), so
 * only a change to a code counts; codes of its sliding window count at once.
 */
public final class XidRules {
  /**
   * Memory, row remap, NVLink, bus and firmware errors; an application's own errors are not here.
   */
  private static final Set<Integer> FATAL = Set.of(48, 63, 64, 74, 79, 94, 95, 119, 120);

  private XidRules() {}

  /** The sticky gauges by card UUID, and the cards that they condemn. */
  public record Xids(Map<String, Integer> last, Map<String, Integer> fatal) {
    public static final Xids NONE = new Xids(Map.of(), Map.of());

    public Xids {
      last = Map.copyOf(last);
      fatal = Map.copyOf(fatal);
    }
  }

  public static Xids next(Xids before, Map<Key, Reading> readings) {
    Map<String, Integer> last = new HashMap<>(before.last());
    Map<String, Integer> fatal = new HashMap<>();
    for (Reading r : readings.values()) {
      int code = (int) r.value(DcgmField.XID).orElse(0);
      last.put(r.key().uuid(), code);
      judge(before, r, code).ifPresent(x -> fatal.put(r.key().uuid(), x));
    }
    before.fatal().forEach((uuid, x) -> keepUnseen(readings, fatal, uuid, x));
    return new Xids(last, fatal);
  }

  private static Optional<Integer> judge(Xids before, Reading r, int code) {
    Optional<Integer> recent = r.recentXids().stream().filter(FATAL::contains).findFirst();
    if (recent.isPresent()) {
      return recent;
    }
    String uuid = r.key().uuid();
    boolean changed =
        before.last().containsKey(uuid) && before.last().getOrDefault(uuid, 0) != code;
    boolean stays = before.fatal().containsKey(uuid) && code != 0;
    return FATAL.contains(code) && (changed || stays)
        ? Optional.of(code)
        : stays && !changed ? Optional.ofNullable(before.fatal().get(uuid)) : Optional.empty();
  }

  private static void keepUnseen(
      Map<Key, Reading> readings, Map<String, Integer> fatal, String uuid, int xid) {
    if (readings.keySet().stream().noneMatch(k -> k.uuid().equals(uuid))) {
      fatal.put(uuid, xid);
    }
  }
}
