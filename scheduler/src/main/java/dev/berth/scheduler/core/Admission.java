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
