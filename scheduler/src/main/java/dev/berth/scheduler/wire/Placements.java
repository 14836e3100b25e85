package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.queue.Positions;

/** Placements, as they are stored and as they are told. */
public final class Placements {
  private Placements() {}

  /** The placement with, while it waits, its reasons and position in {@code state}. */
  public static dev.berth.api.scheduler.v1.Placement view(
      State state, Placement placement, Positions positions) {
    dev.berth.api.scheduler.v1.Placement wire = write(placement);
    return Explanations.of(state, placement, positions) instanceof Outcome.Waiting waiting
        ? wire.toBuilder().setWaiting(Outcomes.write(waiting)).build()
        : wire;
  }

  public static dev.berth.api.scheduler.v1.Placement write(Placement placement) {
    return switch (placement) {
      case Placement.Waiting waiting -> {
        var wire = common(placement).setState(PlacementState.WAITING);
        Nomination kept = waiting.nomination();
        yield kept == null ? wire.build() : wire.setNomination(Evictions.write(kept)).build();
      }
      case Placement.Placed placed ->
          held(common(placement), placed).setState(PlacementState.PLACED).build();
      case Placement.Releasing releasing -> {
        var wire = held(common(placement), releasing.placed()).setState(PlacementState.RELEASING);
        Eviction why = releasing.eviction();
        yield why == null ? wire.build() : wire.setEviction(Evictions.write(why)).build();
      }
    };
  }

  private static dev.berth.api.scheduler.v1.Placement.Builder common(Placement placement) {
    Request request = placement.request();
    return dev.berth.api.scheduler.v1.Placement.newBuilder()
        .setPlacementId(request.id())
        .setAccount(request.account())
        .setOwner(request.owner())
        .setFlavor(request.flavor())
        .setCatalogVersion(request.catalogVersion())
        .setCreatedUnixNanos(placement.createdNanos())
        .setPolicy(Policies.write(request.policy()))
        .addAllShapes(request.members().stream().map(Shapes::write).toList());
  }

  private static dev.berth.api.scheduler.v1.Placement.Builder held(
      dev.berth.api.scheduler.v1.Placement.Builder wire, Placement.Placed placed) {
    return wire.setEpoch(placed.epoch())
        .setChoice(placed.choice())
        .setGrantedFlavor(placed.granted().flavor())
        .setGrantedCatalogVersion(placed.granted().catalogVersion())
        .setPlacedUnixNanos(placed.placedNanos())
        .addAllLeases(placed.leases().stream().map(Placements::write).toList());
  }

  public static dev.berth.api.scheduler.v1.Lease write(Lease lease) {
    return dev.berth.api.scheduler.v1.Lease.newBuilder()
        .setLeaseId(lease.id())
        .setNode(lease.node())
        .addAllDevices(lease.devices().stream().map(Devices::write).toList())
        .setCpuMilli(lease.cpuMilli())
        .setMemoryMib(lease.memoryMib())
        .setPodCpuMilli(lease.podCpuMilli())
        .setPodMemoryMib(lease.podMemoryMib())
        .build();
  }

  /**
   * A stored placement. Which leases of a RELEASING one are gone already is not stored: all are
   * asked again, and agents answer again.
   */
  public static Placement read(dev.berth.api.scheduler.v1.Placement wire) {
    Placement.Waiting waiting = new Placement.Waiting(request(wire), wire.getCreatedUnixNanos());
    return switch (wire.getState()) {
      case WAITING -> waiting.nominated(Evictions.nomination(wire));
      case PLACED -> placed(wire, waiting);
      case RELEASING -> placed(wire, waiting).evict(Evictions.read(wire));
      case RELEASED, PLACEMENT_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "Stored placement "
                  + wire.getPlacementId()
                  + " has state "
                  + wire.getState()
                  + "; expected WAITING, PLACED or RELEASING");
    };
  }

  private static Placement.Placed placed(
      dev.berth.api.scheduler.v1.Placement wire, Placement.Waiting waiting) {
    return waiting.place(
        wire.getLeasesList().stream().map(Placements::lease).toList(),
        wire.getEpoch(),
        wire.getPlacedUnixNanos(),
        wire.getChoice());
  }

  private static Request request(dev.berth.api.scheduler.v1.Placement wire) {
    return new Request(
        wire.getPlacementId(),
        wire.getShapesList().stream().map(Shapes::read).toList(),
        wire.getAccount(),
        wire.getOwner(),
        wire.getFlavor(),
        wire.getCatalogVersion(),
        Policies.read(wire.getPolicy()));
  }

  public static Lease lease(dev.berth.api.scheduler.v1.Lease wire) {
    return new Lease(
        wire.getLeaseId(),
        wire.getNode(),
        wire.getDevicesList().stream().map(Devices::read).toList(),
        wire.getCpuMilli(),
        wire.getMemoryMib(),
        wire.getPodCpuMilli(),
        wire.getPodMemoryMib());
  }
}
