package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.preempt.Planned;

/** Places nominees, wherever they fit first, and ends nominations that cannot come true. */
final class Nominees {
  private Nominees() {}

  /** The number of leases placed. */
  static int settle(Draft draft, Choosing choosing, Placement.Waiting nominee, long now) {
    Nomination nomination = nominee.nomination();
    if (nomination == null) {
      return 0;
    }
    Admission admission = Admission.of(choosing, draft.state(), nominee.request(), now);
    if (admission instanceof Admission.Fits fits) {
      return draft
          .commit(nominee.request(), nominee.createdNanos(), fits.trial(), now)
          .leases()
          .size();
    }
    switch (Planned.of(draft.state(), nomination, now)) {
      case DRAINING -> {}
      case BROKEN -> draft.save(nominee.nominated(null));
      case READY -> {
        return ready(draft, nominee, nomination, admission, now);
      }
    }
    return 0;
  }

  /** A search that is not exact may miss the plan; a quota that was lowered meanwhile ends it. */
  private static int ready(
      Draft draft,
      Placement.Waiting nominee,
      Nomination nomination,
      Admission admission,
      long now) {
    if (admission instanceof Admission.OverQuota) {
      draft.save(nominee.nominated(null));
      return 0;
    }
    Admission.Fits planned = Admission.planned(draft.state(), nomination.leases());
    if (overfull(planned, nomination)) {
      draft.save(nominee.nominated(null));
      return 0;
    }
    return draft
        .commit(nominee.request(), nominee.createdNanos(), planned.trial(), now)
        .leases()
        .size();
  }

  /** A node may have been registered with less than it had when the plan was made. */
  private static boolean overfull(Admission.Fits planned, Nomination nomination) {
    return nomination.leases().stream()
        .map(lease -> planned.trial().nodes().get(lease.node()))
        .anyMatch(node -> node == null || node.cpuFree() < 0 || node.memoryFree() < 0);
  }
}
