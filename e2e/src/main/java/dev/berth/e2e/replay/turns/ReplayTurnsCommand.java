package dev.berth.e2e.replay.turns;

import dev.berth.turns.queue.QueuePolicy;
import dev.berth.turns.seats.SeatPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "replay-turns",
    description =
        "Runs recorded ZeroGPU calls through the production queue and seats in virtual time and writes a log that can be judged.")
public final class ReplayTurnsCommand implements Callable<Integer> {
  private static final long SECOND = 1_000_000_000L;

  @Option(names = "--arrivals", required = true, paramLabel = "CSV", description = "The calls")
  private Path arrivals = Path.of("");

  @Option(names = "--log", required = true, paramLabel = "JSONL", description = "Written anew")
  private Path log = Path.of("");

  @Option(names = "--devices", paramLabel = "N", description = "In all (default: ${DEFAULT-VALUE})")
  private int devices = 8;

  @Option(
      names = "--per-node",
      paramLabel = "N",
      description = "Devices of a node (default: ${DEFAULT-VALUE})")
  private int perNode = 4;

  @Option(
      names = "--memory",
      paramLabel = "GB",
      description = "Of a device, for the weights of warm workers (default: ${DEFAULT-VALUE})")
  private int memory = 70;

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      description =
          "A call waits at the gateway that long before it must go to a pod (default: until a device is its own)")
  private @Nullable Integer hold;

  @Option(
      names = "--seat-start",
      paramLabel = "SECONDS",
      description = "Until the pod of a new seat serves (default: ${DEFAULT-VALUE})")
  private int seatStart = 30;

  @Override
  public Integer call() throws IOException {
    var setting =
        new TurnReplay.Setting(
            devices,
            perNode,
            memory * 1000L,
            hold == null ? Long.MAX_VALUE : hold * SECOND,
            seatStart * SECOND,
            QueuePolicy.DEFAULT,
            SeatPolicy.DEFAULT);
    try (TurnLog out = new TurnLog(Files.newBufferedWriter(log))) {
      System.out.println(new TurnReplay(setting, out).run(CallFile.read(arrivals)));
    }
    return 0;
  }
}
