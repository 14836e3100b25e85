package dev.berth.scheduler.core.audit;

import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.MigProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What leases claim of one card, in the order of their placements. */
record CardClaims(List<String> whole, List<Mig> mig, List<Occupancy.Part> shares) {
  static final CardClaims NONE = new CardClaims(List.of(), List.of(), List.of());

  record Mig(String lease, String profile, int start) {}

  static Map<Integer, CardClaims> of(List<Lease> leases) {
    Map<Integer, CardClaims> claims = new HashMap<>();
    for (Lease lease : leases) {
      for (Device device : lease.devices()) {
        switch (device) {
          case Device.WholeGpu gpu -> at(claims, gpu.card()).whole().add(lease.id());
          case Device.MigInstance i ->
              at(claims, i.card()).mig().add(new Mig(lease.id(), i.profile(), i.start()));
          case Device.ShareOfGpu share ->
              at(claims, share.card())
                  .shares()
                  .add(new Occupancy.Part(lease.id(), share.milli(), share.memoryMib()));
          case Device.TpuChip chip -> {}
          case Device.Cpu cpu -> {}
          case Device.Seat seat -> {}
        }
      }
    }
    return claims;
  }

  private static CardClaims at(Map<Integer, CardClaims> claims, int card) {
    return claims.computeIfAbsent(
        card, c -> new CardClaims(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
  }

  /** How the claims contradict each other; null when they do not. */
  @Nullable String conflict(Card card) {
    int uses = Math.min(1, whole.size()) + Math.min(1, mig.size()) + Math.min(1, shares.size());
    if (uses > 1 || whole.size() > 1) {
      return "whole " + whole + ", MIG " + mig + ", shares " + shares;
    }
    int milli = shares.stream().mapToInt(Occupancy.Part::milli).sum();
    long memory = shares.stream().mapToLong(Occupancy.Part::memoryMib).sum();
    if (milli > 1000 || (!shares.isEmpty() && memory > card.memoryMib())) {
      return "shares of %d milli and %d MiB".formatted(milli, memory);
    }
    return overlap(card);
  }

  private @Nullable String overlap(Card card) {
    int taken = 0;
    for (Mig instance : mig) {
      int mask = mask(card, instance);
      if ((taken & mask) != 0) {
        return "overlapping instances " + mig;
      }
      taken |= mask;
    }
    return null;
  }

  /** An instance whose profile the card lists no more holds all of it, to be safe. */
  private static int mask(Card card, Mig instance) {
    MigProfile profile = profile(card, instance.profile());
    return profile == null ? -1 : ((1 << profile.memoryUnits()) - 1) << instance.start();
  }

  private static @Nullable MigProfile profile(Card card, String name) {
    return card.profiles().stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }

  /** What the card must be marked as. */
  Occupancy occupancy(Card card) {
    if (!whole.isEmpty()) {
      return new Occupancy.Whole(whole.getFirst());
    }
    if (!mig.isEmpty()) {
      return new Occupancy.Cut(
          mig.stream()
              .map(i -> instance(card, i))
              .sorted(Comparator.comparingInt(Occupancy.Instance::start))
              .toList());
    }
    return shares.isEmpty()
        ? new Occupancy.Free()
        : new Occupancy.Shared(
            shares.stream().sorted(Comparator.comparing(Occupancy.Part::lease)).toList());
  }

  private static Occupancy.Instance instance(Card card, Mig claim) {
    MigProfile profile = profile(card, claim.profile());
    int compute = profile == null ? card.migCompute() : profile.computeSlices();
    boolean media = profile == null || profile.media();
    return new Occupancy.Instance(
        claim.lease(), claim.profile(), claim.start(), mask(card, claim), compute, media);
  }
}
