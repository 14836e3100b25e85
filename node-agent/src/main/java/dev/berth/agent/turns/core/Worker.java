package dev.berth.agent.turns.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that was allowed to use devices. It stays there, warm, until it is ended.
 *
 * @param devices indices, one or a pair
 * @param turn that it works on now
 * @param idleSince journal time; of no meaning while it works
 * @param ending whether it has been told to go
 */
public record Worker(
    ProcessId process,
    String lease,
    String space,
    String task,
    List<Integer> devices,
    @Nullable String turn,
    long idleSince,
    boolean ending) {
  public Worker {
    devices = List.copyOf(devices);
  }

  boolean isOn(List<Integer> others) {
    return devices.stream().anyMatch(others::contains);
  }

  /** Whether a turn of this task on exactly these devices may reuse it. */
  boolean serves(TurnRequest request, List<Integer> on) {
    return turn == null
        && !ending
        && lease.equals(request.lease())
        && task.equals(request.task())
        && devices.equals(on);
  }

  Worker working(@Nullable String on, long since) {
    return new Worker(process, lease, space, task, devices, on, since, ending);
  }

  Worker end() {
    return new Worker(process, lease, space, task, devices, turn, idleSince, true);
  }
}
