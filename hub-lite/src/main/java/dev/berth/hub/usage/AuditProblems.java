package dev.berth.hub.usage;

import java.util.List;

/** What does not add up, in sentences with numbers. */
final class AuditProblems {
  private AuditProblems() {}

  static List<String> of(Audit.Device device) {
    return device.differenceNs() == 0
        ? List.of()
        : List.of(
            "Device %s on %s: held %d + idle %d + draining %d + unknown %d differs from wall %d by %d ns"
                .formatted(
                    device.device(),
                    device.node(),
                    device.heldNs(),
                    device.idleNs(),
                    device.drainingNs(),
                    device.unknownNs(),
                    device.wallNs(),
                    device.differenceNs()));
  }

  static List<String> of(Audit.Lease lease, boolean atRest) {
    boolean wrong =
        lease.billedNs() > lease.heldNs() || (atRest && lease.billedNs() != lease.heldNs());
    return wrong
        ? List.of(
            "Lease %s of %s: billed %d ns, held %d ns%s"
                .formatted(
                    lease.leaseId(),
                    lease.owner(),
                    lease.billedNs(),
                    lease.heldNs(),
                    atRest ? "; expected equal at rest" : "; expected at most held"))
        : List.of();
  }
}
