package dev.berth.agent.turns.core;

/**
 * A process on this host; a number that is used again is another process.
 *
 * @param startTicks when it started, in clock ticks since boot (field 22 of /proc/PID/stat)
 */
public record ProcessId(int pid, long startTicks) implements Comparable<ProcessId> {
  @Override
  public int compareTo(ProcessId other) {
    return pid != other.pid
        ? Integer.compare(pid, other.pid)
        : Long.compare(startTicks, other.startTicks);
  }
}
