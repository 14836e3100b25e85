package dev.berth.agent.turns.process;

import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import java.util.List;

/** Processes of pods, as this host sees them. Calls may block. */
public interface Processes {
  /** What became of a pid that a client named. */
  sealed interface Found {
    record Known(ProcessId process) implements Found {}

    record Refused(String message) implements Found {}
  }

  /**
   * The process that {@code pid} means inside the pod of a seat; never its first process, and never
   * one of another pod.
   */
  Found find(Seat seat, int pid);

  /** Dead also means waiting to be reaped: it holds no device any more. */
  boolean isAlive(ProcessId process);

  /** Asks them to go, makes them go, and returns when all of them are dead. */
  void end(List<ProcessId> processes);
}
