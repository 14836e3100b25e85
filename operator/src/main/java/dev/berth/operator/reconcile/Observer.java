package dev.berth.operator.reconcile;

import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.plan.ClaimView;
import dev.berth.operator.plan.Observed;
import dev.berth.operator.plan.PodView;
import dev.berth.operator.plan.ServiceView;
import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Reads from the caches what is there of a workload. */
final class Observer<P extends HasMetadata> {
  private final Sources<P> sources;
  private final PlacementBook book;

  Observer(Sources<P> sources, PlacementBook book) {
    this.sources = sources;
    this.book = book;
  }

  Observed observe(P primary, Identity identity) {
    // Known first: what is read after it is at least as new.
    boolean known = book.known();
    return new Observed(
        known,
        book.of(identity.key()),
        sources.pods(primary).map(PodView::of).toList(),
        sources.claims(primary).map(ClaimView::of).toList(),
        sources.services(primary).map(ServiceView::of).findFirst());
  }
}
