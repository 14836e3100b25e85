package dev.berth.e2e.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the witnesses say of devices that turns share: the nodes' journals of turns, the scheduler's
 * quotas and placements, the hub's credits.
 *
 * @param running turns that have a device now, by node/device
 * @param held whether any node holds an allowance
 * @param microUsdPerMinute price of device time beyond the base
 */
public record TurnBooks(
    List<SharedDeviceTime> devices,
    List<TurnSpan> spans,
    List<Running> running,
    List<VisitorTime> visitors,
    List<CreditBook> credits,
    boolean held,
    long microUsdPerMinute) {
  private static final long MINUTE = 60_000_000_000L;

  /** No node shares anything. */
  public static final TurnBooks NONE =
      new TurnBooks(List.of(), List.of(), List.of(), List.of(), List.of(), false, 0);

  /** A turn that has devices now. */
  public record Running(String node, String turn, List<String> devices) {}

  /** Every allowance came back and every credit that was reserved is charged or free. */
  public boolean atRest() {
    return !held && running.isEmpty() && credits.stream().allMatch(book -> book.reserved() == 0);
  }

  /**
   * One sentence for each thing that does not add up.
   *
   * @param dedicated devices of leases, read after the turns
   */
  List<String> findings(List<PlacedLease> placed, List<DeviceTime> dedicated) {
    List<String> findings = new ArrayList<>();
    devices.forEach(device -> findings.addAll(conservation(device)));
    findings.addAll(TurnSpan.overlaps(spans));
    findings.addAll(runningTwice());
    findings.addAll(leased(placed));
    devices.stream()
        .filter(device -> !device.shared())
        .forEach(device -> findings.addAll(lent(device, dedicated)));
    visitors.stream().filter(VisitorTime::wrong).map(TurnBooks::charge).forEach(findings::add);
    credits.forEach(book -> findings.addAll(book.findings()));
    visitors.forEach(visitor -> unpaid(visitor).ifPresent(findings::add));
    return findings;
  }

  private static List<String> conservation(SharedDeviceTime d) {
    List<String> findings = new ArrayList<>();
    if (d.unexplained() != 0) {
      findings.add(
          "Shared device %s on %s: held %d + idle %d is not wall %d; %d ns unexplained"
              .formatted(d.device(), d.node(), d.held(), d.idle(), d.wall(), d.unexplained()));
    }
    if (d.clashes() > 0) {
      findings.add(
          "Shared device %s on %s went to two turns at once %d times, by its journal"
              .formatted(d.device(), d.node(), d.clashes()));
    }
    return findings;
  }

  private List<String> runningTwice() {
    Map<String, String> holders = new HashMap<>();
    List<String> findings = new ArrayList<>();
    for (var turn : running) {
      for (var device : turn.devices()) {
        var other = holders.put(turn.node() + "/" + device, turn.turn());
        if (other != null) {
          findings.add(
              "Device %s on %s is with the turns %s and %s at once"
                  .formatted(device, turn.node(), other, turn.turn()));
        }
      }
    }
    return findings;
  }

  private List<String> leased(List<PlacedLease> placed) {
    Set<String> cards =
        devices.stream()
            .filter(SharedDeviceTime::shared)
            .map(d -> d.node() + "/" + d.card())
            .collect(Collectors.toCollection(HashSet::new));
    List<String> findings = new ArrayList<>();
    for (var lease : placed) {
      lease.devices().stream()
          .filter(device -> cards.contains(lease.node() + "/" + PlacedLease.card(device)))
          .map(
              device ->
                  "Device %s on %s is shared by turns, but lease %s has it"
                      .formatted(device, lease.node(), lease.lease()))
          .forEach(findings::add);
    }
    return findings;
  }

  /** A lent device is with turns only while it is idle for its leases. */
  private List<String> lent(SharedDeviceTime device, List<DeviceTime> dedicated) {
    List<String> findings = new ArrayList<>();
    dedicated.stream()
        .filter(d -> d.device().equals(device.device()) && d.idle() < device.held())
        .map(
            d ->
                "Device %s: turns had it for %d ns, but it was idle for %d ns only"
                    .formatted(d.device(), device.held(), d.idle()))
        .forEach(findings::add);
    running.stream()
        .filter(turn -> turn.node().equals(device.node()))
        .filter(turn -> turn.devices().contains(device.device()))
        .filter(turn -> device.loan().equals("returned"))
        .map(
            turn ->
                "Device %s on %s is its owner's again, but turn %s has it"
                    .formatted(device.device(), device.node(), turn.turn()))
        .forEach(findings::add);
    return findings;
  }

  private static String charge(VisitorTime v) {
    return "Visitor %s: turns took %d ns, charged %d ns%s"
        .formatted(
            v.visitor(),
            v.taken(),
            v.chargedBefore() > v.taken() ? v.chargedBefore() : v.charged(),
            v.settled() ? " with nothing on its way" : "");
  }

  /** Each draw may leave a started micro-USD uncharged; all that was ever charged counts. */
  private Optional<String> unpaid(VisitorTime v) {
    long owed = v.overquota() / MINUTE * microUsdPerMinute - v.runs();
    long charged =
        credits.stream()
            .filter(book -> book.account().equals(v.visitor()))
            .mapToLong(CreditBook::charged)
            .sum();
    return atRest() && charged < owed
        ? Optional.of(
            "Visitor %s used %d ns beyond the base, but only %d micro-USD were charged"
                .formatted(v.visitor(), v.overquota(), charged))
        : Optional.empty();
  }
}
