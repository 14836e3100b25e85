package dev.berth.agent.journal;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.LeaseState;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.core.Usage;
import dev.berth.agent.wire.journal.Claim;
import dev.berth.agent.wire.journal.Grant;
import dev.berth.agent.wire.journal.LeaseDevice;
import dev.berth.agent.wire.journal.Result;

/** Leases, grants and claims to records and back. */
final class LeaseCodec {
  private LeaseCodec() {}

  static Grant grant(dev.berth.agent.core.Grant g) {
    return Grant.newBuilder()
        .setLeaseId(g.leaseId())
        .setEpoch(g.epoch())
        .setAccount(g.account())
        .setOwner(g.owner())
        .setFlavor(g.flavor())
        .setCatalogVersion(g.catalogVersion())
        .addAllDevices(g.devices().stream().map(LeaseCodec::device).toList())
        .setSeat(g.seat())
        .build();
  }

  static dev.berth.agent.core.Grant grant(Grant g) {
    return new dev.berth.agent.core.Grant(
        g.getLeaseId(),
        g.getEpoch(),
        g.getAccount(),
        g.getOwner(),
        g.getFlavor(),
        g.getCatalogVersion(),
        g.getDevicesList().stream().map(LeaseCodec::device).toList(),
        g.getSeat());
  }

  private static LeaseDevice device(dev.berth.agent.core.LeaseDevice d) {
    LeaseDevice.Builder b =
        LeaseDevice.newBuilder()
            .setName(d.name())
            .setModel(d.model())
            .setCard(d.footprint().card());
    switch (d.footprint()) {
      case Footprint.Whole _ -> b.setKind(LeaseDevice.Kind.WHOLE);
      case Footprint.Mig m -> b.setKind(LeaseDevice.Kind.MIG).setMemoryMask(m.memoryMask());
      case Footprint.Share s -> b.setKind(LeaseDevice.Kind.SHARE).setMilli(s.milli());
      case Footprint.Common _ -> b.setKind(LeaseDevice.Kind.COMMON);
    }
    return b.build();
  }

  private static dev.berth.agent.core.LeaseDevice device(LeaseDevice d) {
    Footprint footprint =
        switch (d.getKind()) {
          case MIG -> new Footprint.Mig(d.getCard(), d.getMemoryMask());
          case SHARE -> new Footprint.Share(d.getCard(), d.getMilli());
          case COMMON -> new Footprint.Common(d.getCard());
          case WHOLE, UNRECOGNIZED -> new Footprint.Whole(d.getCard());
        };
    return new dev.berth.agent.core.LeaseDevice(d.getName(), d.getModel(), footprint);
  }

  static Claim claim(PreparedClaim c) {
    return Claim.newBuilder()
        .setUid(c.uid())
        .setNamespace(c.namespace())
        .setName(c.name())
        .addAllResults(
            c.results().stream()
                .map(
                    r ->
                        Result.newBuilder()
                            .setRequest(r.request())
                            .setDevice(r.device())
                            .setShareId(r.shareId())
                            .build())
                .toList())
        .build();
  }

  static PreparedClaim claim(Claim c) {
    return new PreparedClaim(
        c.getUid(),
        c.getNamespace(),
        c.getName(),
        c.getResultsList().stream()
            .map(r -> new PreparedClaim.Result(r.getRequest(), r.getDevice(), r.getShareId()))
            .toList());
  }

  static dev.berth.agent.wire.journal.Lease lease(Lease l) {
    dev.berth.agent.wire.journal.Lease.Builder b =
        dev.berth.agent.wire.journal.Lease.newBuilder()
            .setGrant(grant(l.grant()))
            .setHeldNanos(l.usage().heldNanos())
            .setStartedUnixNanos(l.usage().startedUnix())
            .setUntilUnixNanos(l.usage().untilUnix())
            .setBusyNanos(l.usage().busyNanos())
            .setEnergyMillijoules(l.usage().energyMillijoules())
            .setFinalReported(l.finalReported());
    l.claim().ifPresent(c -> b.setClaim(claim(c)));
    return b.setState(state(l.state())).setRevokeEpoch(revokeEpoch(l.state())).build();
  }

  private static dev.berth.agent.wire.journal.Lease.State state(LeaseState state) {
    return switch (state) {
      case LeaseState.Granted _ -> dev.berth.agent.wire.journal.Lease.State.GRANTED;
      case LeaseState.Held _ -> dev.berth.agent.wire.journal.Lease.State.HELD;
      case LeaseState.Draining _ -> dev.berth.agent.wire.journal.Lease.State.DRAINING;
      case LeaseState.Gone _ -> dev.berth.agent.wire.journal.Lease.State.GONE;
    };
  }

  private static long revokeEpoch(LeaseState state) {
    return switch (state) {
      case LeaseState.Granted _, LeaseState.Held _ -> 0;
      case LeaseState.Draining d -> d.revokeEpoch();
      case LeaseState.Gone g -> g.revokeEpoch();
    };
  }

  static Lease lease(dev.berth.agent.wire.journal.Lease l) {
    Usage usage =
        new Usage(
            l.getHeldNanos(),
            l.getStartedUnixNanos(),
            l.getUntilUnixNanos(),
            l.getBusyNanos(),
            l.getEnergyMillijoules());
    LeaseState state =
        switch (l.getState()) {
          case HELD -> new LeaseState.Held(claim(l.getClaim()));
          case DRAINING -> new LeaseState.Draining(claim(l.getClaim()), l.getRevokeEpoch());
          case GONE -> new LeaseState.Gone(l.getRevokeEpoch());
          case GRANTED, UNRECOGNIZED -> new LeaseState.Granted();
        };
    return new Lease(grant(l.getGrant()), state, usage, l.getFinalReported());
  }
}
