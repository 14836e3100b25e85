package dev.berth.e2e.cli;

import dev.berth.e2e.fleet.ProcessStatus;
import java.time.Duration;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows the processes. Exits with 1 if one is not running.")
public final class StatusCommand extends FleetCommand {
  private static final String ROW = "%-24s %-10s %8s %8s %6s %10s %8s%n";

  @Override
  public Integer call() {
    var all = open().status();
    out.printf(ROW, "PROCESS", "STATE", "PID", "RSS MIB", "PORT", "UPTIME", "RESTARTS");
    all.forEach(this::print);
    return all.stream().allMatch(process -> process.state().equals("running")) ? 0 : 1;
  }

  private void print(ProcessStatus process) {
    boolean running = process.pid().isPresent();
    out.printf(
        ROW,
        process.name(),
        process.state(),
        running ? process.pid().getAsLong() : "-",
        running ? (process.residentBytes() + (1 << 19)) >> 20 : "-",
        process.port().map(String::valueOf).orElse("-"),
        running ? text(process.uptime()) : "-",
        process.restarts());
  }

  /** Two units at most: "3h12m", "12m5s", "5s". */
  static String text(Duration uptime) {
    if (uptime.toHours() > 0) {
      return uptime.toHours() + "h" + uptime.toMinutesPart() + "m";
    }
    return uptime.toMinutes() > 0
        ? uptime.toMinutes() + "m" + uptime.toSecondsPart() + "s"
        : uptime.toSeconds() + "s";
  }
}
