package dev.berth.scheduler.snapshot;

import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.audit.Discrepancy;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.wire.Shapes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code FILE [REQUESTS]}: prints what the decisions make of a snapshot, one line an outcome. */
public final class ReplayMain {
  private ReplayMain() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("Usage: replay SNAPSHOT [REQUESTS]");
      System.exit(2);
    }
    Path requests = args.length == 2 ? Path.of(args[1]) : null;
    run(SnapshotFile.read(Path.of(args[0])), requests, System.out);
  }

  public static void run(Snapshot snapshot, @Nullable Path requests, PrintStream out)
      throws IOException {
    OfflineReplay replay = new OfflineReplay(snapshot);
    out.printf(
        "epoch %d: %d nodes, %d placements, %d waiting%n",
        snapshot.state().epoch(),
        snapshot.state().nodes().size(),
        snapshot.state().placements().size(),
        snapshot.state().queue().size());
    for (Discrepancy discrepancy : replay.check()) {
      out.println("discrepancy " + discrepancy.sentence());
    }
    print("waiting", replay.waiting(), out);
    if (requests == null) {
      print("from empty", replay.fromEmpty(), out);
    } else {
      print(
          "request",
          replay.place(SnapshotFile.requests(requests).stream().map(Shapes::read).toList()),
          out);
    }
  }

  private static void print(String what, Map<String, Outcome> outcomes, PrintStream out) {
    outcomes.forEach((id, outcome) -> out.printf("%s %s %s%n", what, id, line(outcome)));
  }

  private static String line(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed placed ->
          "placed on "
              + placed.placement().leases().stream().map(l -> l.node()).distinct().toList();
      case Outcome.Waiting waiting ->
          "waits at %d: %s".formatted(waiting.position(), first(waiting.reasons()));
      case Outcome.Rejected rejected -> "rejected: " + first(rejected.reasons());
    };
  }

  private static String first(List<Reason> reasons) {
    return reasons.isEmpty() ? "fits now" : reasons.getFirst().message();
  }
}
