package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One MIG instance by exact placement: memory units do not overlap, compute slices stay in the
 * budget, a profile in its number of instances, and one instance at most takes the media engines.
 * Of all legal places the one that leaves most other placements possible wins.
 */
final class MigFit {
  private MigFit() {}

  static Fit of(Node node, MigSlice asked) {
    Fit.@Nullable Fits best = null;
    int total = 0;
    boolean known = false;
    boolean roomElsewhere = false;
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      known |= card.model().equals(asked.model());
      MigProfile profile = card.model().equals(asked.model()) ? profile(card, asked) : null;
      if (profile == null) {
        continue;
      }
      total += profile.maxInstances();
      MigUse use = card.healthy() ? MigUse.of(node.cards().get(i)) : null;
      if (use == null) {
        continue;
      }
      Fit.Fits here = best(node, card, profile, use);
      best =
          here != null && (best == null || here.score().compareTo(best.score()) < 0) ? here : best;
      roomElsewhere |= here == null && use.hasRoom(card, profile);
    }
    return best != null ? best : shortage(asked, known, total, roomElsewhere);
  }

  private static Fit.Shortage shortage(MigSlice asked, boolean known, int total, boolean room) {
    if (total == 0) {
      return Fit.Shortage.unknown(
          known ? asked.model() + " " + asked.profile() : asked.model(), "mig", 1);
    }
    ReasonCode code = room ? ReasonCode.FRAGMENTED : ReasonCode.INSUFFICIENT_ACCELERATORS;
    return new Fit.Shortage(code, 1, 0, total, "mig", asked.model() + " " + asked.profile());
  }

  private static @Nullable MigProfile profile(Card card, MigSlice asked) {
    for (MigProfile profile : card.profiles()) {
      if (profile.name().equals(asked.profile())) {
        return profile;
      }
    }
    return null;
  }

  private static Fit.@Nullable Fits best(Node node, Card card, MigProfile profile, MigUse use) {
    Fit.@Nullable Fits best = null;
    for (int start : profile.starts()) {
      if (use.allows(card, profile, start)) {
        long lost = use.placements(card) - use.with(profile, start).placements(card);
        Score score =
            new Score(use.empty() ? 1 : 0, lost, use.freeUnits(card), NodeFit.freeCards(node));
        if (best == null || score.compareTo(best.score()) < 0) {
          best = new Fit.Fits(List.of(device(card, profile, start)), score);
        }
      }
    }
    return best;
  }

  private static Device device(Card card, MigProfile profile, int start) {
    return new Device.MigInstance(
        card.index(), card.model(), profile.name(), start, profile.memoryMib());
  }

  /** What is taken of one card. {@code counts} holds the instances' profile names. */
  private record MigUse(int mask, int compute, List<String> counts, boolean media) {
    static @Nullable MigUse of(Occupancy occupancy) {
      return switch (occupancy) {
        case Occupancy.Free free -> new MigUse(0, 0, List.of(), false);
        case Occupancy.Cut cut ->
            new MigUse(
                cut.mask(),
                cut.compute(),
                cut.instances().stream().map(Occupancy.Instance::profile).toList(),
                cut.media());
        case Occupancy.Whole whole -> null;
        case Occupancy.Shared shared -> null;
      };
    }

    boolean empty() {
      return mask == 0;
    }

    boolean hasRoom(Card card, MigProfile profile) {
      return freeUnits(card) >= profile.memoryUnits() && budget(card, profile);
    }

    int freeUnits(Card card) {
      return card.migUnits() - Integer.bitCount(mask & ((1 << card.migUnits()) - 1));
    }

    boolean allows(Card card, MigProfile profile, int start) {
      return (mask & profile.mask(start)) == 0
          && start + profile.memoryUnits() <= card.migUnits()
          && budget(card, profile);
    }

    private boolean budget(Card card, MigProfile profile) {
      return compute + profile.computeSlices() <= card.migCompute()
          && counts.stream().filter(profile.name()::equals).count() < profile.maxInstances()
          && !(media && profile.media());
    }

    MigUse with(MigProfile profile, int start) {
      List<String> more = new java.util.ArrayList<>(counts);
      more.add(profile.name());
      return new MigUse(
          mask | profile.mask(start),
          compute + profile.computeSlices(),
          more,
          media || profile.media());
    }

    /** Placements of any profile that are possible from here. */
    long placements(Card card) {
      long count = 0;
      for (MigProfile profile : card.profiles()) {
        for (int start : profile.starts()) {
          count += allows(card, profile, start) ? 1 : 0;
        }
      }
      return count;
    }
  }
}
