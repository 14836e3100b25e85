package dev.berth.e2e.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** What the kernel tells about processes. A process that ended meanwhile simply has nothing. */
public final class ProcFs {
  private static final int EXEC_ATTEMPTS = 20;
  private static final Duration EXEC_MOMENT = Duration.ofMillis(1);

  private ProcFs() {}

  /** Every process for which {@code wanted} holds, but this one. */
  public static List<Long> pids(LongPredicate wanted) {
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> pid != ProcessHandle.current().pid())
        .filter(wanted)
        .boxed()
        .toList();
  }

  /** Whether the process was started with {@code entry}, "NAME=value", in its environment. */
  public static boolean hasEnvironment(long pid, String entry) {
    return Arrays.asList(environment(pid).split("\0", -1)).contains(entry);
  }

  /**
   * Reads as nothing or as nonsense while a process becomes another program, so it is asked again.
   */
  private static String environment(long pid) {
    var text = read(pid, "environ");
    for (int asked = 1; asked < EXEC_ATTEMPTS && !isWhole(text) && hasMemory(pid); asked++) {
      Pause.of(EXEC_MOMENT);
      text = read(pid, "environ");
    }
    return text;
  }

  private static boolean isWhole(String environment) {
    return environment.contains("=") && environment.endsWith("\0");
  }

  /** Kernel threads and zombies have none, and so no environment either. */
  private static boolean hasMemory(long pid) {
    return read(pid, "status").contains("VmSize:");
  }

  /** The command line, words separated by spaces. */
  public static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  /** Resident memory in bytes; 0 if the process is gone. */
  public static long residentBytes(long pid) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** Whether the process exists and is not a zombie. */
  public static boolean isRunning(long pid) {
    var status = read(pid, "status");
    return !status.isEmpty() && !status.contains("State:\tZ");
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
