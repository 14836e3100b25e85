package dev.berth.scheduler.zerogpu;

import dev.berth.api.turns.v1.NodeLoad;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest report of each node; forgotten when it is old, and at the end of the term.
 * Thread-safe.
 */
public final class LoadBoard {
  /** A node that was silent for longer is not known any more. */
  static final long FRESH_NANOS = 5_000_000_000L;

  private final ConcurrentSkipListMap<String, NodeLoad> loads = new ConcurrentSkipListMap<>();

  /** {@code now} is in unix nanoseconds. */
  public void heard(NodeLoad load, long now) {
    loads.put(load.getNode(), load.toBuilder().setAtUnixNanos(now).build());
  }

  /** Those that are fresh, by node. */
  public SortedMap<String, NodeLoad> fresh(long now) {
    loads.values().removeIf(load -> now - load.getAtUnixNanos() > FRESH_NANOS);
    return new TreeMap<>(loads);
  }

  public List<NodeLoad> list(long now) {
    return List.copyOf(fresh(now).values());
  }

  void clear() {
    loads.clear();
  }
}
