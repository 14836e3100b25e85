package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.List;

/** Requests put on a profile one after the other, each as early as it delays none before it. */
public final class Schedule {
  private final Profile profile;
  private final List<Reservation> standing = new ArrayList<>();

  public Schedule(Profile profile) {
    this.profile = profile;
  }

  /** Its start in unix nanoseconds; Long.MAX_VALUE when it would not fit on the fleet at all. */
  public long add(Placement.Waiting waiting, long runs) {
    Reservation found =
        new Search(profile, List.copyOf(standing), waiting, start -> Bound.after(start, runs))
            .earliest(Bound.NEVER);
    if (found == null) {
      return Bound.NEVER;
    }
    standing.add(found);
    return found.startNanos();
  }
}
