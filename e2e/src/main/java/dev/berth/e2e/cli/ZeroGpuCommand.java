package dev.berth.e2e.cli;

import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.process.Pause;
import dev.berth.e2e.zerogpu.QuotaTable;
import dev.berth.e2e.zerogpu.Quotas;
import dev.berth.e2e.zerogpu.TurnsView;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is said of ZeroGPU in the terminal. */
@Command(
    name = "zerogpu",
    description = "Cards that are shared by turns.",
    subcommands = ZeroGpuCommand.Top.class)
public final class ZeroGpuCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println("Try: ./berth zerogpu top");
    return 2;
  }

  /** Like top(1), for turns. */
  @Command(
      name = "top",
      description =
          "Shows cards and slices, seats, turns, the queue with reasons, and quotas; again each second.")
  public static final class Top extends FleetCommand {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int DONE = 10;

    @Option(names = "--once", description = "Print it once and end.")
    private boolean once;

    @Override
    public Integer call() {
      var fleet = open();
      var client = new FleetClient(fleet);
      try (var quotas = new Quotas(Schedulers.of(fleet))) {
        while (true) {
          var text = text(client, quotas);
          out.print(once ? text : CLEAR + text);
          out.flush();
          if (once) {
            return 0;
          }
          Pause.of(Duration.ofSeconds(1));
        }
      }
    }

    private static String text(FleetClient client, Quotas quotas) {
      var view = new TurnsView(client.turns());
      var table = QuotaTable.of(quotas.read(), Clock.systemUTC().instant());
      return view.all() + "\n" + view.done(DONE) + "\n" + table;
    }
  }
}
