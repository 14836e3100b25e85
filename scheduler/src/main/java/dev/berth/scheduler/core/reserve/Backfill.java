package dev.berth.scheduler.core.reserve;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.LeaseFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.Choosing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts a request now if that delays no reservation. */
public final class Backfill {
  private static final long SECOND = 1_000_000_000L;

  private Backfill() {}

  /**
   * As {@link GangPlacer#place}, on the room of {@code fleet} that reservations of others leave.
   * Stuck on nodes on which that room is taken.
   */
  public static Placer.Trial trial(
      Choosing choosing,
      Outlook outlook,
      OrderedMap<String, Node> fleet,
      Request request,
      long now) {
    List<Reservation> binding = outlook.binding(request, now);
    OrderedMap<String, Node> view = binding.isEmpty() ? fleet : Shadow.over(fleet, binding);
    return switch (GangPlacer.place(choosing, view, request)) {
      case Placer.Trial.Complete complete ->
          view == fleet ? complete : holding(fleet, complete.leases(), complete.choice());
      case Placer.Trial.Stuck stuck -> {
        Reservation own = outlook.reservation(request.id());
        yield own != null && free(view, own.leases()) ? holding(fleet, own.leases(), 0) : stuck;
      }
    };
  }

  /** What is free for ever beside all reservations but that of {@code id}. */
  public static OrderedMap<String, Node> room(State state, String id) {
    return Shadow.over(state.nodes(), state.outlook().without(id).reservations());
  }

  private static Placer.Trial.Complete holding(
      OrderedMap<String, Node> fleet, List<Lease> leases, int choice) {
    OrderedMap<String, Node> nodes = fleet;
    for (Lease lease : leases) {
      Node node = nodes.get(lease.node());
      nodes = node == null ? nodes : nodes.with(lease.node(), node.with(lease));
    }
    return new Placer.Trial.Complete(nodes, leases, choice);
  }

  private static boolean free(OrderedMap<String, Node> view, List<Lease> leases) {
    OrderedMap<String, Node> nodes = view;
    for (Lease lease : leases) {
      Node node = nodes.get(lease.node());
      if (node == null || !LeaseFit.fits(node, lease)) {
        return false;
      }
      nodes = nodes.with(lease.node(), node.with(lease));
    }
    return true;
  }

  /**
   * Why a request that fits waits all the same; null when no reservation is in its way. Asked and
   * free are seconds: how long it would run (0 when unknown), and until the reservation starts.
   */
  public static @Nullable Reason held(State state, Request request) {
    long now = state.outlook().madeNanos();
    Optional<Reservation> first =
        state.outlook().binding(request, now).stream()
            .min(Comparator.comparingLong(Reservation::startNanos));
    return first.map(r -> reason(state, request, r, now)).orElse(null);
  }

  private static Reason reason(State state, Request request, Reservation first, long now) {
    long end = Bound.end(state.outlook().durations(), request, now);
    long runs = end == Bound.NEVER ? 0 : Math.ceilDiv(end - now, SECOND);
    long until = Math.max(0, first.startNanos() - now) / SECOND;
    String expected = runs == 0 ? "with no known run time" : "running " + runs + " s";
    String message =
        "It would fit now, but %s it would delay %s, which is due in %d s. Declare a run time below that, or wait."
            .formatted(expected, first.id(), until);
    int nodes = first.nodes().size();
    return new Reason(
        ReasonCode.QUEUED_BEHIND, message, runs, until, until, "s", first.id(), nodes);
  }
}
