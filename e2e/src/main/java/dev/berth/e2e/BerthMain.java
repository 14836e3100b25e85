package dev.berth.e2e;

import dev.berth.e2e.cli.AuditCommand;
import dev.berth.e2e.cli.BenchCommand;
import dev.berth.e2e.cli.DemoCommand;
import dev.berth.e2e.cli.DownCommand;
import dev.berth.e2e.cli.EnvCommand;
import dev.berth.e2e.cli.GlobalOptions;
import dev.berth.e2e.cli.KubectlCommand;
import dev.berth.e2e.cli.LogsCommand;
import dev.berth.e2e.cli.StatusCommand;
import dev.berth.e2e.cli.UpCommand;
import dev.berth.e2e.cli.ZeroGpuCommand;
import dev.berth.e2e.replay.ReplayCommand;
import dev.berth.e2e.replay.turns.ReplayTurnsCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The berth command. Each subcommand is a class of its own; options may stand before or after. */
@Command(
    name = "berth",
    version = "berth 0.1.0",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Spaces, Endpoints and ZeroGPU on one machine: cluster, control plane, demo.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      EnvCommand.class,
      LogsCommand.class,
      KubectlCommand.class,
      DemoCommand.class,
      AuditCommand.class,
      BenchCommand.class,
      ReplayCommand.class,
      ReplayTurnsCommand.class,
      ZeroGpuCommand.class
    })
public final class BerthMain implements Runnable {
  @SuppressWarnings("UnusedVariable") // The commands find it by its name.
  @Mixin(name = GlobalOptions.MIXIN)
  private GlobalOptions options = new GlobalOptions();

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    var commands = new CommandLine(new BerthMain());
    // What follows `kubectl` belongs to kubectl.
    Objects.requireNonNull(commands.getSubcommands().get("kubectl")).setStopAtPositional(true);
    return commands.setExecutionExceptionHandler((e, command, parsed) -> explain(e)).execute(args);
  }

  private static int explain(Exception e) {
    if (!(e instanceof FleetException)) {
      e.printStackTrace();
    }
    System.err.println("berth: " + e.getMessage());
    return 1;
  }

  @Override
  public void run() {
    throw new ParameterException(new CommandLine(this), "Expected a command, such as up");
  }
}
