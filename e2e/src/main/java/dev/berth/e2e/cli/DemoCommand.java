package dev.berth.e2e.cli;

import dev.berth.e2e.audit.AuditPrinter;
import dev.berth.e2e.audit.BooksReader;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.demo.Bill;
import dev.berth.e2e.demo.Demo;
import dev.berth.e2e.fleet.LocalFleet;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Applies examples/, shows what becomes of them, deletes them, prints bill and audit.",
    subcommands = ZeroGpuDemoCommand.class)
public final class DemoCommand extends FleetCommand {
  @Option(
      names = "--run",
      paramLabel = "SECONDS",
      description = "How long to let the Spaces run (default: 10)")
  private int seconds = 10;

  @Override
  public Integer call() {
    var fleet = open();
    var client = new FleetClient(fleet);
    var examples = options().toFleetOptions().repository().resolve("examples");
    new Demo(new Kubectl(fleet.cluster().kubectl()), client, examples, out)
        .run(Duration.ofSeconds(seconds));
    return printBooks(fleet, client, "acme", out) ? 0 : 1;
  }

  /** Bill and audit once everything is settled; whether the books are right. */
  static boolean printBooks(LocalFleet fleet, FleetClient client, String account, PrintStream out) {
    var books = BooksReader.of(fleet).readAtRest(Duration.ofSeconds(30));
    Bill.print(account, client.usage(account), out);
    out.println("\nAudit");
    AuditPrinter.print(books, out);
    return books.findings().isEmpty();
  }
}
