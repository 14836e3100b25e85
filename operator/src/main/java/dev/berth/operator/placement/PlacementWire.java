package dev.berth.operator.placement;

import dev.berth.api.common.v1.Device;
import dev.berth.api.scheduler.v1.Flavor;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Rejected;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Waiting;
import dev.berth.operator.resolve.Catalog;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Between our records and the scheduler's contract. */
final class PlacementWire {
  private static final long NANOS = 1_000_000_000L;

  private PlacementWire() {}

  static PlaceRequest request(PlacementRequest r) {
    Member member = Member.newBuilder().setShape(ShapeWire.of(r.spec())).build();
    return PlaceRequest.newBuilder()
        .setPlacementId(r.id().toString())
        .addAllMembers(Collections.nCopies(r.members(), member))
        .setAccount(r.account())
        .setOwner(r.owner())
        .setFlavor(r.flavor())
        .setCatalogVersion(r.spec().catalogVersion())
        .setPolicy(PolicyWire.of(r.policy(), r.members()))
        .build();
  }

  static Placement outcome(PlacementRequest asked, PlaceResponse response, Instant now) {
    return switch (response.getOutcomeCase()) {
      case PLACED -> placement(asked.id(), response.getPlaced());
      case WAITING -> unplaced(asked, waiting(response.getWaiting()));
      case REJECTED ->
          unplaced(asked, new Rejected(reasons(response.getRejected().getReasonsList()), now));
      case OUTCOME_NOT_SET -> unplaced(asked, new Rejected(List.of(), now));
    };
  }

  private static Placement unplaced(
      PlacementRequest asked, dev.berth.operator.placement.PlacementState state) {
    return new Placement(asked.id(), asked.flavor(), asked.spec().catalogVersion(), state);
  }

  /** Empty if the placement is not one of ours. */
  static Optional<Placement> placement(dev.berth.api.scheduler.v1.Placement p) {
    return PlacementId.parse(p.getPlacementId()).map(id -> placement(id, p));
  }

  private static Placement placement(PlacementId id, dev.berth.api.scheduler.v1.Placement p) {
    return p.getGrantedFlavor().isEmpty()
        ? new Placement(id, p.getFlavor(), p.getCatalogVersion(), state(p))
        : new Placement(id, p.getGrantedFlavor(), p.getGrantedCatalogVersion(), state(p));
  }

  static boolean gone(dev.berth.api.scheduler.v1.Placement p) {
    return p.getState() == PlacementState.RELEASED;
  }

  private static dev.berth.operator.placement.PlacementState state(
      dev.berth.api.scheduler.v1.Placement p) {
    return switch (p.getState()) {
      case PLACED ->
          new Placed(
              p.getEpoch(),
              IntStream.range(0, p.getLeasesCount())
                  .mapToObj(i -> lease(p.getLeases(i), i))
                  .toList(),
              instant(p.getPlacedUnixNanos()),
              p.getChoice(),
              p.getBetterAvailable());
      case RELEASING, RELEASED -> new Releasing(eviction(p));
      case WAITING, PLACEMENT_STATE_UNSPECIFIED, UNRECOGNIZED -> waiting(p.getWaiting());
    };
  }

  private static Optional<Eviction> eviction(dev.berth.api.scheduler.v1.Placement p) {
    return p.hasEviction()
        ? Optional.of(
            new Eviction(
                p.getEviction().getKind().name(),
                p.getEviction().getBy(),
                instant(p.getEviction().getAtUnixNanos()),
                p.getEviction().getMessage()))
        : Optional.empty();
  }

  private static Waiting waiting(dev.berth.api.scheduler.v1.Waiting w) {
    return new Waiting(w.getPosition(), reasons(w.getReasonsList()));
  }

  private static Lease lease(dev.berth.api.scheduler.v1.Lease l, int member) {
    return new Lease(
        l.getLeaseId(),
        member,
        l.getNode(),
        l.getDevicesList().stream().map(PlacementWire::device).toList(),
        l.getCpuMilli(),
        l.getMemoryMib(),
        l.getPodCpuMilli(),
        l.getPodMemoryMib());
  }

  private static Lease.Device device(Device d) {
    return new Lease.Device(d.getName(), d.getModel(), d.getMilli(), d.getMemoryMib());
  }

  private static List<Reason> reasons(List<dev.berth.api.common.v1.Reason> reasons) {
    return reasons.stream()
        .map(
            r ->
                new Reason(
                    r.getCode().name(),
                    r.getMessage(),
                    r.getAsked(),
                    r.getFree(),
                    r.getTotal(),
                    r.getUnit(),
                    r.getResource(),
                    r.getNodes()))
        .toList();
  }

  static Flavor flavor(Catalog.Entry entry) {
    return Flavor.newBuilder()
        .setName(entry.name())
        .setCatalogVersion(entry.spec().catalogVersion())
        .setShape(ShapeWire.of(entry.spec()))
        .setPriceMicroUsdPerHour(entry.spec().priceMicroUsdPerHour())
        .build();
  }

  private static Instant instant(long unixNanos) {
    return Instant.ofEpochSecond(unixNanos / NANOS, unixNanos % NANOS);
  }
}
