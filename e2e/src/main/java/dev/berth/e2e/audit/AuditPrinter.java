package dev.berth.e2e.audit;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Prints books for people: seconds with three digits beside a verdict in nanoseconds. */
public final class AuditPrinter {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** gpu-2 before gpu-10. */
  private static final Comparator<DeviceTime> BY_NUMBER =
      Comparator.comparing(
          time ->
              NUMBER
                  .matcher(time.device())
                  .replaceAll(n -> "0".repeat(6 - n.group().length()) + n.group()));

  private AuditPrinter() {}

  public static void print(Books books, PrintStream out) {
    out.printf(
        "%-12s %-16s %12s %12s %12s %12s %12s  %s%n",
        "DEVICE",
        "MODEL",
        "HELD s",
        "IDLE s",
        "DRAINING s",
        "UNKNOWN s",
        "WALL s",
        "UNEXPLAINED ns");
    books.devices().stream().sorted(BY_NUMBER).forEach(device -> print(device, out));
    long held = books.leases().stream().mapToLong(LeaseTime::heldNanos).sum();
    long billed = books.leases().stream().mapToLong(LeaseTime::billedNanos).sum();
    out.printf(
        "%nLeases: %d, held %.3f s, billed %.3f s, difference %d ns; %s.%n",
        books.leases().size(),
        held / 1e9,
        billed / 1e9,
        held - billed,
        books.atRest() ? "at rest" : "not at rest: billing follows the reports");
    var findings = books.findings();
    findings.forEach(finding -> out.println("  WRONG  " + finding));
    out.println(findings.isEmpty() ? "The books are right." : "The books are WRONG.");
  }

  private static void print(DeviceTime device, PrintStream out) {
    out.printf(
        "%-12s %-16s %12.3f %12.3f %12.3f %12.3f %12.3f  %d%n",
        device.device(),
        device.model(),
        device.held() / 1e9,
        device.idle() / 1e9,
        device.draining() / 1e9,
        device.unknown() / 1e9,
        device.wall() / 1e9,
        device.unexplained());
  }
}
