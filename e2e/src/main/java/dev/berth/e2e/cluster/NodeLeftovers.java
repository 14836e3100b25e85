package dev.berth.e2e.cluster;

import dev.berth.e2e.Shell;
import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.process.Pause;
import dev.berth.e2e.process.ProcFs;
import dev.berth.e2e.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What running pods leaves on a machine, and how it goes away. */
final class NodeLeftovers {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Home home;
  private final NativeNode node;
  private final ClusterPrograms programs;
  private final Cgroups cgroups;
  private final Bridge bridge;
  private final OutsideFiles outside;
  private List<Path> sockets = List.of();

  NodeLeftovers(Home home, Settings settings, NativeNode node, ClusterPrograms programs) {
    this.home = home;
    this.node = node;
    this.programs = programs;
    this.cgroups = new Cgroups(node.containerIds());
    this.bridge = new Bridge(settings.network());
    this.outside = new OutsideFiles(home, node);
  }

  /** Forgets volatile state of an earlier boot, then goes on. */
  void afterReboot(Runnable next) {
    var seen = home.run("boot-id");
    var now = read(BOOT_ID);
    if (!read(seen).equals(now)) {
      Directories.delete(node.containerdState());
      Directories.write(seen, now);
    }
    next.run();
  }

  /** Kills and deletes all containers, while containerd still runs. */
  void stopContainers() {
    if (!Files.exists(node.containerdSocket())) {
      return;
    }
    sockets = outside.shimSockets();
    var ctr = new Ctr(programs.containerd(), node.containerdSocket());
    var tasks = Shell.run(ctr.command("tasks", "list", "--quiet"));
    if (tasks.ok()) {
      tasks.output().lines().forEach(id -> Shell.run(ctr.command("tasks", "delete", "-f", id)));
    }
  }

  /** Removes everything that is still there once containerd has stopped. */
  void remove() {
    cgroups.killAll();
    shims().forEach(pid -> Signals.send(pid, "KILL"));
    Pause.until(SOON, () -> shims().isEmpty());
    sockets.forEach(OutsideFiles::remove);
    outside.delete();
    Mounts.unmountBelow(home.root());
    bridge.delete();
    Pause.until(SOON, this::cgroupsAreGone);
    Directories.delete(node.containerdState());
    Directories.delete(home.data("cni"));
  }

  /** What could not be removed, in words. */
  List<String> find() {
    var left = new ArrayList<String>();
    shims().forEach(pid -> left.add("process " + pid + " " + ProcFs.commandLine(pid)));
    Mounts.below(home.root()).forEach(mount -> left.add("mount " + mount));
    cgroups.trees().forEach(group -> left.add("cgroup " + group));
    if (bridge.exists()) {
      left.add("network interface " + bridge.network().bridge());
    }
    return left;
  }

  /** Shims outlive containerd by design. */
  private List<Long> shims() {
    var socket = node.containerdSocket().toString();
    return ProcFs.pids(
        pid -> {
          var command = ProcFs.commandLine(pid);
          return command.contains("containerd-shim") && command.contains(socket);
        });
  }

  private boolean cgroupsAreGone() {
    cgroups.remove();
    return cgroups.trees().isEmpty();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
