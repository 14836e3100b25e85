package dev.berth.hub.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The conservation check: for each device held + idle + draining + unknown = wall; for each lease
 * billed ≤ held, and equal once everything is at rest. {@code problems} says in sentences what does
 * not add up; empty means it does.
 *
 * @param quarantined reports and lease lines that contradicted what was committed
 * @param atRest every lease has ended
 */
public record Audit(
    List<Device> devices,
    List<Lease> leases,
    long quarantined,
    Sums sums,
    boolean atRest,
    boolean conserved,
    boolean billedEqualsHeld,
    List<String> problems) {

  /** Totals of a device as last reported; {@code leasedNs}: sum of held over the leases on it. */
  public record Device(
      String node,
      String device,
      String model,
      long heldNs,
      long idleNs,
      long drainingNs,
      long unknownNs,
      long wallNs,
      long leasedNs,
      List<String> heldBy) {
    long differenceNs() {
      return heldNs + idleNs + drainingNs + unknownNs - wallNs;
    }
  }

  /** {@code heldNs} and {@code ended} as last reported; {@code microUsd} absent without a price. */
  public record Lease(
      String node,
      String leaseId,
      String account,
      String owner,
      String flavor,
      String catalogVersion,
      List<String> devices,
      long heldNs,
      long billedNs,
      boolean ended,
      @Nullable Long microUsd) {}

  /** Over all devices and over all leases. */
  public record Sums(
      long heldNs,
      long idleNs,
      long drainingNs,
      long unknownNs,
      long wallNs,
      long leaseHeldNs,
      long billedNs,
      long microUsd,
      long unratedNs) {}

  /** Draws the conclusions. Pure. */
  public static Audit of(List<Device> devices, List<Lease> leases, long quarantined) {
    boolean atRest = leases.stream().allMatch(Lease::ended);
    List<String> problems = new ArrayList<>();
    devices.forEach(device -> problems.addAll(AuditProblems.of(device)));
    leases.forEach(lease -> problems.addAll(AuditProblems.of(lease, atRest)));
    return new Audit(
        devices,
        leases,
        quarantined,
        sums(devices, leases),
        atRest,
        devices.stream().allMatch(device -> device.differenceNs() == 0),
        leases.stream().allMatch(lease -> lease.billedNs() == lease.heldNs()),
        List.copyOf(problems));
  }

  private static Sums sums(List<Device> devices, List<Lease> leases) {
    return new Sums(
        sum(devices, Device::heldNs),
        sum(devices, Device::idleNs),
        sum(devices, Device::drainingNs),
        sum(devices, Device::unknownNs),
        sum(devices, Device::wallNs),
        sum(leases, Lease::heldNs),
        sum(leases, Lease::billedNs),
        sum(leases, Audit::microUsdOrZero),
        sum(leases, lease -> lease.microUsd() == null ? lease.billedNs() : 0));
  }

  private static long microUsdOrZero(Lease lease) {
    Long microUsd = lease.microUsd();
    return microUsd == null ? 0 : microUsd;
  }

  private static <T> long sum(List<T> items, ToLongFunction<T> value) {
    return items.stream().mapToLong(value).reduce(0, Math::addExact);
  }
}
