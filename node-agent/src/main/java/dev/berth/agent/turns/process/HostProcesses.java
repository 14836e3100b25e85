package dev.berth.agent.turns.process;

import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes by /proc of the host. A pid that a client names is looked up among the processes of its
 * seat's pod: those whose cgroup names the pod, or who have the seat's own file mounted.
 */
public final class HostProcesses implements Processes {
  private static final Logger LOG = LoggerFactory.getLogger(HostProcesses.class);
  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration COMPLAIN_AFTER = Duration.ofSeconds(10);

  private final ProcFiles proc;
  private final Duration politeness;
  private final Scope scope;

  /** Where workers may live. */
  public enum Scope {
    POD,
    /** Any process of this host: for apps that run without pods. */
    HOST
  }

  /** {@code politeness}: between SIGTERM and SIGKILL. */
  public HostProcesses(Path proc, Duration politeness, Scope scope) {
    this.scope = scope;
    this.proc = new ProcFiles(proc);
    this.politeness = politeness;
  }

  @Override
  public Found find(Seat seat, int pid) {
    if (pid <= 1) {
      return new Found.Refused(
          "Process "
              + pid
              + " is the first of its container; ending it would end the Space. Start the app as a"
              + " child of an init process");
    }
    Optional<ProcessId> found = scope == Scope.HOST ? proc.living(pid) : inPod(seat, pid);
    return found
        .<Found>map(Found.Known::new)
        .orElseGet(() -> new Found.Refused("No process " + pid + " lives in the pod of this seat"));
  }

  private Optional<ProcessId> inPod(Seat seat, int pid) {
    return proc.pids().stream()
        .filter(host -> proc.innermost(host).orElse(-1) == pid)
        .filter(host -> isOf(seat.podUid(), proc.cgroups(host)) || hasFileOf(seat, host))
        .findFirst()
        .flatMap(proc::living);
  }

  /** The systemd cgroup driver writes the uid with underscores. */
  private static boolean isOf(String podUid, String cgroups) {
    String uid = podUid.toLowerCase(Locale.ROOT);
    return !uid.isEmpty()
        && (cgroups.contains("pod" + uid) || cgroups.contains("pod" + uid.replace('-', '_')));
  }

  /** A kubelet may run pods without cgroups of their own. */
  private boolean hasFileOf(Seat seat, int host) {
    return proc.mounts(host).contains("/" + seat.cgroupFile() + " ");
  }

  @Override
  public boolean isAlive(ProcessId process) {
    return proc.living(process.pid()).filter(process::equals).isPresent();
  }

  @Override
  public void end(List<ProcessId> processes) {
    processes.forEach(p -> signal(p, false));
    if (!dead(processes, politeness)) {
      processes.forEach(p -> signal(p, true));
      while (!dead(processes, COMPLAIN_AFTER)) {
        LOG.atError()
            .addKeyValue("processes", processes)
            .log("Processes do not die; their devices stay blocked until they do.");
      }
    }
  }

  private void signal(ProcessId process, boolean hard) {
    if (isAlive(process)) {
      ProcessHandle.of(process.pid()).ifPresent(h -> var(hard ? h.destroyForcibly() : h.destroy()));
    }
  }

  /** Whether the signal could be sent does not matter: only death does. */
  private static void var(boolean ignored) {}

  private boolean dead(List<ProcessId> processes, Duration within) {
    long until = System.nanoTime() + within.toNanos();
    while (processes.stream().anyMatch(this::isAlive)) {
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while processes end", e);
    }
  }
}
