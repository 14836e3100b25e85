package dev.berth.e2e.cli;

import dev.berth.e2e.audit.AuditPrinter;
import dev.berth.e2e.audit.BooksReader;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    description =
        "Prints where each device's time went, from the node's journal, and holds it against the bill. Exits with 1 if they do not add up.")
public final class AuditCommand extends FleetCommand {
  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description = "How long to wait for the last reports to be billed (default: 10)")
  private int settle = 10;

  @Override
  public Integer call() {
    var books = BooksReader.of(open()).readAtRest(Duration.ofSeconds(settle));
    AuditPrinter.print(books, out);
    return books.findings().isEmpty() ? 0 : 1;
  }
}
