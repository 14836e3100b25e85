package dev.berth.e2e.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "kubectl", description = "Runs kubectl on the fleet's cluster.")
public final class KubectlCommand extends FleetCommand {
  @Parameters(paramLabel = "ARG", arity = "0..*", description = "Arguments of kubectl")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var command = new ArrayList<>(open().cluster().kubectl());
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
