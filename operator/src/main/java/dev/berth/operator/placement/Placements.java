package dev.berth.operator.placement;

import dev.berth.operator.resolve.Catalog;
import java.util.List;

/** The scheduler. A call that cannot be made throws {@link SchedulerUnreachable}. */
public interface Placements {
  /** Idempotent by id. */
  Placement place(PlacementRequest request);

  /** Idempotent; true once nothing of it is left, false while nodes unprepare. */
  boolean release(String placementId);

  /** Replaces the catalog that the scheduler shows. */
  void publish(List<Catalog.Entry> flavors);

  /**
   * Follows all placements of ours: the whole list first, then each change. Blocks until the stream
   * ends.
   */
  void watch(Listener listener);

  /** Receives a watch stream on one thread. */
  interface Listener {
    void opened();

    void snapshot(List<Placement> all);

    void changed(Placement placement);

    void gone(PlacementId id);
  }
}
