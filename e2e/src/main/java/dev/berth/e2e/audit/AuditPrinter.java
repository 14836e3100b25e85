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
    print(books.turns(), out);
    var findings = books.findings();
    findings.forEach(finding -> out.println("  WRONG  " + finding));
    out.println(findings.isEmpty() ? "The books are right." : "The books are WRONG.");
  }

  private static void print(TurnBooks turns, PrintStream out) {
    if (turns.devices().isEmpty()) {
      return;
    }
    out.printf(
        "%n%-26s %-16s %12s %12s %12s  %s%n",
        "SHARED DEVICE", "MODEL", "TURNS s", "IDLE s", "WALL s", "UNEXPLAINED ns");
    for (var d : turns.devices()) {
      out.printf(
          "%-26s %-16s %12.3f %12.3f %12.3f  %d%n",
          d.device(), d.model(), d.held() / 1e9, d.idle() / 1e9, d.wall() / 1e9, d.unexplained());
    }
    out.printf("%n%-26s %14s %14s%n", "VISITOR", "TAKEN s", "CHARGED s");
    for (var v : turns.visitors()) {
      out.printf("%-26s %14.6f %14.6f%n", v.visitor(), v.taken() / 1e9, v.charged() / 1e9);
    }
    long reserved = turns.credits().stream().mapToLong(CreditBook::reserved).sum();
    out.printf(
        "%nTurns: %s; credits reserved for them: %d micro-USD.%n",
        turns.atRest() ? "at rest" : "not at rest: charges follow the allowances", reserved);
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
