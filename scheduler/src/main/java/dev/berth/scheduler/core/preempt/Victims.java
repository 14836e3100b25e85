package dev.berth.scheduler.core.preempt;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The placements that may be taken back for a request, cheapest first. {@code complete} is false
 * when there were too many to look at all.
 */
record Victims(List<Victim> inOrder, boolean complete) {
  private static final int MOST_SEEN = 20_000;

  static Victims of(State state, Request request, long now) {
    List<Victim> victims = new ArrayList<>();
    Usage promised = state.book().promised(request.id());
    Usage staying = staying(state);
    boolean reclaims = Reclaim.possible(state.book().tree(), promised, Charge.of(request));
    int seen = 0;
    for (Placement.Placed placed : state.book().preemptible().values()) {
      if (!reclaims && placed.request().policy().priority() >= request.policy().priority()) {
        break; // They come in order of priority.
      }
      if (++seen > MOST_SEEN) {
        return new Victims(victims, false);
      }
      Eviction.Kind kind = right(state.book().tree(), promised, staying, request, placed.request());
      if (kind != null && !spared(state, placed, now) && reachable(state, placed)) {
        victims.add(new Victim(placed, kind));
      }
    }
    return new Victims(victims, true);
  }

  /** What is used without those who are being taken back already. */
  private static Usage staying(State state) {
    Usage staying = state.book().usage();
    for (Charge leaving : state.book().leaving().values()) {
      staying = staying.minus(state.book().tree(), leaving);
    }
    return staying;
  }

  /** By which right the holder may be taken back for the request; null when by none. */
  private static Eviction.@Nullable Kind right(
      QuotaTree tree, Usage promised, Usage staying, Request request, Request holder) {
    String cohort = Reclaim.cohort(tree, request.queue(), holder.queue());
    boolean related = cohort != null || request.queue().equals(holder.queue());
    if (related && holder.policy().priority() < request.policy().priority()) {
      return Eviction.Kind.PREEMPTED;
    }
    return cohort != null
            && Reclaim.entitled(tree, promised, Charge.of(request), cohort)
            && Reclaim.borrows(tree, staying, Charge.of(holder), cohort)
        ? Eviction.Kind.RECLAIMED
        : null;
  }

  /** An owner that lost a placement lately keeps the others for a while. */
  private static boolean spared(State state, Placement.Placed placed, long now) {
    if (placed.placedNanos() >= now) {
      return true; // Placed by this very decision.
    }
    Long last = state.book().spared().get(placed.request().owner());
    return last != null && now - last < state.book().tree().quotas().coolDownNanos();
  }

  /** A silent node drains nothing. */
  private static boolean reachable(State state, Placement.Placed placed) {
    return placed.leases().stream()
        .map(lease -> state.nodes().get(lease.node()))
        .allMatch(node -> node != null && node.ready());
  }

  /**
   * The victims that may still be taken when all before them are: borrowed quota can be reclaimed
   * only while it is borrowed.
   */
  static List<Victim> rightful(State state, Request request, List<Victim> victims) {
    QuotaTree tree = state.book().tree();
    Usage promised = state.book().promised(request.id());
    Usage staying = staying(state);
    List<Victim> rightful = new ArrayList<>();
    for (Victim victim : victims) {
      if (right(tree, promised, staying, request, victim.placed().request()) == victim.kind()) {
        rightful.add(victim);
        staying = staying.minus(tree, victim.charge());
      }
    }
    return rightful;
  }
}
