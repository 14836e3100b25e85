package dev.berth.e2e.process;

import dev.berth.e2e.Shell;
import java.util.List;

/** Sends POSIX signals by name. */
public final class Signals {
  private Signals() {}

  /** A process that is already gone is fine. */
  public static void send(long pid, String signal) {
    Shell.run(List.of("/bin/sh", "-c", "kill -" + signal + " " + pid));
  }
}
