package dev.berth.e2e.cli;

import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows the log of a process.")
public final class LogsCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", description = "A process, as `./berth status` names it")
  private String name = "";

  @Option(names = "-f", description = "Keep showing what is added")
  private boolean follow;

  @Option(names = "-n", paramLabel = "N", description = "How many lines (default: 200)")
  private int lines = 200;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var fleet = open();
    var log = fleet.home().log(name);
    if (!Files.exists(log)) {
      throw new FleetException(
          "There is no log of %s in %s: `./berth status` shows the names"
              .formatted(name, log.getParent()));
    }
    var command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (follow) {
      command.add("-F");
    }
    command.add(log.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
