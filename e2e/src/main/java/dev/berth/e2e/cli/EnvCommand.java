package dev.berth.e2e.cli;

import picocli.CommandLine.Command;

@Command(
    name = "env",
    description = "Prints export lines for a shell: eval \"$(./berth env)\". One is a secret.")
public final class EnvCommand extends FleetCommand {
  @Override
  public Integer call() {
    open().environment().forEach((name, value) -> out.println("export " + name + "=" + value));
    return 0;
  }
}
