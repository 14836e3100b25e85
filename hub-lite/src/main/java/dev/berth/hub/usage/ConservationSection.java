package dev.berth.hub.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of the page that shows that no time is lost and none is billed twice. */
final class ConservationSection {
  private static final List<String> HEAD =
      List.of(
          "Node",
          "Device",
          "Model",
          "#Held",
          "#Idle",
          "#Draining",
          "#Unknown",
          "#Wall",
          "#Difference (ns)",
          "Held by");

  private ConservationSection() {}

  static String render(Audit audit) {
    List<List<String>> rows = audit.devices().stream().map(ConservationSection::cells).toList();
    return "<h2>Conservation: held + idle + draining + unknown = wall</h2>\n"
        + (rows.isEmpty()
            ? "<p>No device has reported yet.</p>\n"
            : Html.table(HEAD, rows, foot(audit)))
        + verdict(audit);
  }

  private static List<String> cells(Audit.Device device) {
    List<String> cells = new ArrayList<>(List.of(device.node(), device.device(), device.model()));
    cells.addAll(
        times(
            device.heldNs(),
            device.idleNs(),
            device.drainingNs(),
            device.unknownNs(),
            device.wallNs()));
    cells.add(Long.toString(device.differenceNs()));
    cells.add(String.join(", ", device.heldBy()));
    return cells;
  }

  private static List<String> foot(Audit audit) {
    Audit.Sums sums = audit.sums();
    List<String> cells = new ArrayList<>(List.of("Total", "", ""));
    cells.addAll(
        times(sums.heldNs(), sums.idleNs(), sums.drainingNs(), sums.unknownNs(), sums.wallNs()));
    cells.addAll(List.of("", ""));
    return cells;
  }

  private static List<String> times(long... nanos) {
    return Arrays.stream(nanos).mapToObj(HeldTime::format).toList();
  }

  private static String verdict(Audit audit) {
    String leases =
        "<p>Leases: held %s, billed %s; %s. Quarantined: %d.</p>%n"
            .formatted(
                HeldTime.format(audit.sums().leaseHeldNs()),
                HeldTime.format(audit.sums().billedNs()),
                audit.atRest() ? "all have ended" : "some are running",
                audit.quarantined());
    return leases
        + (audit.problems().isEmpty()
            ? "<p class=\"ok\">Everything adds up.</p>\n"
            : "<p class=\"bad\">These do not add up:</p>\n" + Html.list(audit.problems()));
  }
}
