package dev.berth.scheduler.core.audit;

import dev.berth.scheduler.core.audit.Discrepancy.Kind;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a placement holds all that it asked for, or nothing. */
final class GangCheck {
  private GangCheck() {}

  static void check(Placement placement, long epoch, List<Discrepancy> found) {
    switch (placement) {
      case Placement.Waiting waiting -> {}
      case Placement.Placed placed -> held(placed, epoch, found);
      case Placement.Releasing releasing -> {
        held(releasing.placed(), epoch, found);
        pending(releasing, found);
      }
    }
  }

  private static void held(Placement.Placed placed, long epoch, List<Discrepancy> found) {
    Request request = placed.request();
    List<Shape> members = request.chosen(placed.choice()).members();
    int leases = placed.leases().size();
    boolean overHosts = members.stream().anyMatch(m -> m.accelerator() instanceof TpuSlice);
    if (overHosts ? leases < members.size() : leases != members.size()) {
      broken(placed.id(), members.size() + " leases", leases + "", found);
    } else {
      for (int i = 0; i < leases; i++) {
        Shape member = members.get(Math.min(i, members.size() - 1));
        lease(request, i, overHosts ? members : List.of(member), placed.leases().get(i), found);
      }
    }
    if (placed.epoch() > epoch) {
      found.add(
          new Discrepancy(Kind.FUTURE_EPOCH, placed.id(), "at most " + epoch, placed.epoch() + ""));
    }
  }

  /** A slice over several hosts has a lease for each, so any of its members may be the one. */
  private static void lease(
      Request request, int index, List<Shape> members, Lease lease, List<Discrepancy> found) {
    if (!lease.id().equals(request.leaseId(index))) {
      broken(request.id(), "lease " + request.leaseId(index), lease.id(), found);
    }
    if (lease.devices().isEmpty()) {
      broken(lease.id(), "devices", "none", found);
    }
    if (members.stream().noneMatch(member -> same(member, lease))) {
      String is = lease.cpuMilli() + " milli-cpu and " + lease.memoryMib() + " MiB";
      broken(lease.id(), "what its member asked", is, found);
    }
  }

  private static boolean same(Shape shape, Lease lease) {
    return shape.cpuMilli() == lease.cpuMilli() && shape.memoryMib() == lease.memoryMib();
  }

  private static void pending(Placement.Releasing releasing, List<Discrepancy> found) {
    Set<String> held = releasing.leases().stream().map(Lease::id).collect(Collectors.toSet());
    Set<String> strange = new HashSet<>(releasing.pending());
    strange.removeAll(held);
    if (releasing.pending().isEmpty() || !strange.isEmpty()) {
      broken(releasing.id(), "some of its leases pending", releasing.pending() + "", found);
    }
  }

  private static void broken(String where, String expected, String is, List<Discrepancy> found) {
    found.add(new Discrepancy(Kind.GANG_BROKEN, where, expected, is));
  }
}
