package dev.berth.scheduler.core;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.pack.Scan;
import dev.berth.scheduler.core.preempt.Kept;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaVerdict;
import dev.berth.scheduler.core.reserve.Backfill;
import dev.berth.scheduler.core.reserve.Outlook;
import java.util.List;

/** Whether a request can have devices now: within its quota, and beside what is kept for others. */
public sealed interface Admission {
  record Fits(Placer.Trial.Complete trial) implements Admission {}

  record NoRoom(Placer.Trial.Stuck stuck) implements Admission {}

  record OverQuota(QuotaVerdict.OverQuota quota) implements Admission {}

  /** What would come of the request beside reservations; which of the places is left open. */
  static Admission of(State state, Request request) {
    return of(
        Scan.TIGHTEST, state.withOutlook(Outlook.EMPTY), request, state.outlook().madeNanos());
  }

  /** What comes of the request now. */
  static Admission of(Choosing choosing, State state, Request request, long now) {
    Book book = state.book();
    QuotaVerdict quota =
        QuotaVerdict.of(book.tree(), book.promised(request.id()), Charge.of(request));
    return switch (quota) {
      case QuotaVerdict.OverQuota over -> new OverQuota(over);
      case QuotaVerdict.Admitted admitted -> place(choosing, state, request, now);
    };
  }

  /** The same, on the first of the preferred nodes where it fits, if there is one. */
  static Admission of(
      Choosing choosing, State state, Request request, List<String> preferred, long now) {
    if (request.members().size() == 1) {
      for (String name : preferred) {
        if (on(state, request, name, now) instanceof Fits fits) {
          return fits;
        }
      }
    }
    return of(choosing, state, request, now);
  }

  /** As asked, not by a fallback: on this node and no other. */
  private static Admission on(State state, Request request, String name, long now) {
    Node node = Kept.fleet(state, request.id()).get(name);
    OrderedMap<String, Node> alone = OrderedMap.empty();
    State narrowed = state.withNodes(node == null ? alone : alone.with(name, node));
    Request asked = request.withPolicy(request.policy().withFallbacks(List.of()));
    return switch (of(Scan.TIGHTEST, narrowed, asked, now)) {
      case Fits fits -> new Fits(on(state, fits.trial()));
      case NoRoom room -> room;
      case OverQuota over -> over;
    };
  }

  private static Admission place(Choosing choosing, State state, Request request, long now) {
    OrderedMap<String, Node> fleet = Kept.fleet(state, request.id());
    return switch (Backfill.trial(choosing, state.outlook(), fleet, request, now)) {
      case Placer.Trial.Stuck stuck -> new NoRoom(stuck);
      case Placer.Trial.Complete complete ->
          new Fits(fleet == state.nodes() ? complete : on(state, complete));
    };
  }

  /** The same leases on the fleet as it is. */
  private static Placer.Trial.Complete on(State state, Placer.Trial.Complete complete) {
    return new Placer.Trial.Complete(
        state.holding(complete.leases()).nodes(), complete.leases(), complete.choice());
  }

  /** The planned leases, once nothing holds their devices. */
  static Admission.Fits planned(State state, List<Lease> leases) {
    return new Fits(new Placer.Trial.Complete(state.holding(leases).nodes(), leases));
  }
}
