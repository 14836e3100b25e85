package dev.berth.e2e.fleet;

import dev.berth.e2e.home.Home;
import dev.berth.e2e.process.Pause;
import dev.berth.e2e.process.ProcFs;
import dev.berth.e2e.process.Signals;
import dev.berth.e2e.process.Supervisor;
import java.time.Duration;
import java.util.List;

/** Processes of a fleet that no supervisor knows any more, such as a killed hub's database. */
record Strays(Home home) {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Ends them, first in good order. Answers those that are still there, in words. */
  List<String> killAll() {
    find().forEach(pid -> Signals.send(pid, "TERM"));
    if (!Pause.until(GRACE, () -> find().isEmpty())) {
      find().forEach(pid -> Signals.send(pid, "KILL"));
      Pause.until(GRACE, () -> find().isEmpty());
    }
    return find().stream().map(pid -> "process " + pid + " " + ProcFs.commandLine(pid)).toList();
  }

  private List<Long> find() {
    return ProcFs.pids(
        pid ->
            ProcFs.isRunning(pid)
                && ProcFs.hasEnvironment(pid, Supervisor.FLEET + "=" + home.root()));
  }
}
