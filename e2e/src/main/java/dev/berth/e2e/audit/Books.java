package dev.berth.e2e.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the witnesses say at one moment.
 *
 * @param reported last report that the journal made, {@code acked} the last that the hub committed
 * @param quarantined reports that contradict what was committed
 * @param known ids of the leases that the scheduler knew just before or just after the others spoke
 * @param placed the scheduler's leases just after
 * @param turns what is known of devices that turns share
 */
public record Books(
    List<DeviceTime> devices,
    List<LeaseTime> leases,
    long reported,
    long acked,
    long quarantined,
    Set<String> known,
    List<PlacedLease> placed,
    TurnBooks turns) {

  /** Nothing is on its way: all leases and turns have ended, all reports are committed. */
  public boolean atRest() {
    return reported == acked && leases.stream().allMatch(LeaseTime::ended) && turns.atRest();
  }

  /** One sentence for each thing that does not add up; empty when the books are right. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    devices.stream().flatMap(Books::conservation).forEach(findings::add);
    leases.stream().flatMap(this::billing).forEach(findings::add);
    unplaced().forEach(findings::add);
    findings.addAll(PlacedLease.clashes(placed));
    findings.addAll(turns.findings(placed, devices));
    if (quarantined > 0) {
      findings.add(quarantined + " reports are quarantined: they contradict what was committed");
    }
    return findings;
  }

  private Stream<String> unplaced() {
    return leases.stream()
        .filter(lease -> !lease.ended() && !known.contains(lease.lease()))
        .map(
            lease ->
                "Lease %s is held on its node, but the scheduler has no such placement"
                    .formatted(lease.lease()));
  }

  private static Stream<String> conservation(DeviceTime device) {
    return device.unexplained() == 0
        ? Stream.empty()
        : Stream.of(
            "Device %s: held %d + idle %d + draining %d + unknown %d is not wall %d; %d ns unexplained"
                .formatted(
                    device.device(),
                    device.held(),
                    device.idle(),
                    device.draining(),
                    device.unknown(),
                    device.wall(),
                    device.unexplained()));
  }

  private Stream<String> billing(LeaseTime lease) {
    boolean settled = lease.ended() && reported == acked;
    boolean wrong =
        lease.billedNanos() > lease.heldNanos()
            || (settled && lease.billedNanos() != lease.heldNanos());
    return wrong
        ? Stream.of(
            "Lease %s: billed %d ns, held %d ns%s"
                .formatted(
                    lease.lease(),
                    lease.billedNanos(),
                    lease.heldNanos(),
                    lease.ended() ? " at its end" : ""))
        : Stream.empty();
  }
}
