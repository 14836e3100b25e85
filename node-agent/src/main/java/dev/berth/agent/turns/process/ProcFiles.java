package dev.berth.agent.turns.process;

import dev.berth.agent.turns.core.ProcessId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What /proc says of processes; proc(5). A process that is gone has no answer. */
final class ProcFiles {
  private static final int STATE = 0;
  private static final int START = 19;
  private final Path proc;

  ProcFiles(Path proc) {
    this.proc = proc;
  }

  List<Integer> pids() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      all.forEach(p -> pids.add(Integer.valueOf(p.getFileName().toString())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot list " + proc, e);
    }
    return pids;
  }

  /** Empty also for a zombie. */
  Optional<ProcessId> living(int pid) {
    return read(pid, "stat").flatMap(text -> living(pid, text));
  }

  /** The name, in brackets, may contain anything; fields are counted after it. */
  private static Optional<ProcessId> living(int pid, String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
    return dead
        ? Optional.empty()
        : Optional.of(new ProcessId(pid, Long.parseLong(fields[START].strip())));
  }

  /** Its number in the innermost of its pid namespaces. */
  OptionalInt innermost(int pid) {
    return read(pid, "status").stream()
        .flatMap(String::lines)
        .filter(l -> l.startsWith("NSpid:"))
        .map(l -> l.substring(l.lastIndexOf('\t') + 1).strip())
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  String mounts(int pid) {
    return read(pid, "mountinfo").orElse("");
  }

  String cgroups(int pid) {
    return read(pid, "cgroup").orElse("");
  }

  private Optional<String> read(int pid, String name) {
    try {
      return Optional.of(Files.readString(proc.resolve(Integer.toString(pid)).resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
