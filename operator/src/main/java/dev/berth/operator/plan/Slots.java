package dev.berth.operator.plan;

import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Rejected;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Unconfirmed;
import dev.berth.operator.placement.PlacementState.Waiting;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives each slot of the wanted revision one placement, and each of its leases a claim and a pod.
 */
final class Slots {
  /** A rejected request may fit once the fleet has changed; nobody tells us, so we ask again. */
  static final Duration ASK_AGAIN = Duration.ofSeconds(3);

  static final Duration REPEAT_CALL = Duration.ofSeconds(1);
  static final Duration REPLACE_FAILED = Duration.ofSeconds(5);

  private final Draft draft;
  private final Resolved wanted;
  private final Supplier<String> nonces;

  private Slots(Draft draft, Resolved wanted, Supplier<String> nonces) {
    this.draft = draft;
    this.wanted = wanted;
    this.nonces = nonces;
  }

  static void fill(Draft draft, Resolved wanted, Supplier<String> nonces) {
    Slots slots = new Slots(draft, wanted, nonces);
    draft.situation.workload().wish().slots().forEach(slots::fill);
  }

  private void fill(int slot) {
    wakeWhenLost(slot);
    Succession slots = Succession.of(draft.situation, wanted, slot);
    if (slots.current().isEmpty()) {
      place(newId(slot));
      return;
    }
    Placement current = slots.current().get();
    if (slots.successor().isPresent()) {
      succeed(current, slots.successor().get());
    } else {
      advance(current);
      goBack(slots, current);
    }
  }

  private void wakeWhenLost(int slot) {
    draft.situation.placementsOf(wanted.revision()).stream()
        .filter(p -> p.id().slot() == slot)
        .flatMap(p -> draft.situation.observed().podsOf(p).stream())
        .forEach(draft::lost);
  }

  /** The successor comes up beside the one that stands, or after it if they must not be two. */
  private void succeed(Placement current, Placement successor) {
    boolean placed = successor.state() instanceof Placed;
    if (placed && draft.situation.workload().wish().strategy() == UpdateStrategy.Recreate) {
      draft.keep(successor.id());
      if (draft.situation.observed().podsOf(current).stream().allMatch(draft::lost)) {
        advance(successor);
      }
      return;
    }
    advance(current);
    if (successor.state() instanceof Placed target) {
      draft.due(target.placedAt().plus(wanted.startupTimeout()));
    }
    advance(successor, Succession.choice(current.state()));
  }

  /** What was asked, or an earlier fallback, is free: it is taken before this one is let go. */
  private void goBack(Succession slot, Placement current) {
    if (slot.canReturn(draft.situation)) {
      place(PlacementId.back(current.id(), nonces.get()), Succession.choice(current.state()));
    }
  }

  private void advance(Placement placement) {
    advance(placement, wanted.policy().choices());
  }

  /** {@code choices} is how many ways the placement was asked to be served in. */
  private void advance(Placement placement, int choices) {
    switch (placement.state()) {
      case Placed placed -> {
        draft.keep(placement.id());
        limitStart(placed.placedAt());
        placed.leases().forEach(lease -> run(placement, lease, placed.epoch()));
      }
      case Waiting waiting -> await(placement, choices);
      case Unconfirmed unconfirmed -> {
        draft.keep(placement.id());
        if (draft.due(unconfirmed.at().plus(REPEAT_CALL))) {
          place(placement.id(), choices);
        }
      }
      case Rejected rejected -> {
        if (draft.due(rejected.at().plus(ASK_AGAIN))) {
          place(newId(placement.id().slot()));
        } else {
          draft.keep(placement.id());
        }
      }
      case Releasing releasing -> place(newId(placement.id().slot()));
    }
  }

  /** A return asked for less than all choices; when what it was to replace is gone, ask for all. */
  private void await(Placement placement, int choices) {
    if (placement.id().isReturn() && choices == wanted.policy().choices()) {
      place(newId(placement.id().slot()));
    } else {
      draft.keep(placement.id());
    }
  }

  private void limitStart(Instant placedAt) {
    if (!draft.situation.hasServed(wanted.revision())) {
      draft.due(placedAt.plus(wanted.startupTimeout()));
    }
  }

  private void run(Placement placement, Lease lease, long epoch) {
    Optional<ClaimView> claim =
        draft.situation.observed().claimsOf(placement).stream()
            .filter(c -> c.lease().equals(lease.id()))
            .findFirst();
    if (claim.filter(ClaimView::deleting).isPresent()) {
      return;
    }
    if (claim.filter(ClaimView::allocated).isEmpty()) {
      draft.add(new Action.EnsureClaim(placement, lease, epoch));
    }
    List<PodView> pods =
        draft.situation.observed().podsOf(placement).stream()
            .filter(p -> p.lease().equals(lease.id()))
            .toList();
    if (pods.isEmpty()) {
      draft.add(new Action.CreatePod(placement, lease));
    }
    pods.stream().filter(this::replaceable).forEach(p -> draft.add(new Action.DeletePod(p.name())));
  }

  /** Evicted or refused by its node: the lease stays, the pod is made anew. */
  private boolean replaceable(PodView pod) {
    return pod.failed()
        && pod.deletingSince().isEmpty()
        && draft.due(pod.createdAt().plus(REPLACE_FAILED));
  }

  private void place(PlacementId id) {
    place(id, wanted.policy().choices());
  }

  private void place(PlacementId id, int choices) {
    draft.keep(id);
    draft.add(new Action.Place(id, draft.situation.workload().wish().members(), choices));
  }

  private PlacementId newId(int slot) {
    return new PlacementId(
        draft.situation.workload().identity().key(), wanted.revision(), slot, nonces.get());
  }
}
