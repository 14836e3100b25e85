package dev.berth.e2e.cluster;

import dev.berth.e2e.Shell;
import dev.berth.e2e.home.PodNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pod network's bridge on this machine. */
record Bridge(PodNetwork network) {
  boolean exists() {
    return Files.exists(Path.of("/sys/class/net", network.bridge()));
  }

  /** Makes it before any pod exists: its address is the node's address. */
  void create() {
    if (!exists()) {
      ip("link", "add", network.bridge(), "type", "bridge");
    }
    ip("addr", "replace", network.gateway() + "/24", "dev", network.bridge());
    ip("link", "set", network.bridge(), "up");
  }

  /** Removes it and the host's ends of the pods' cables. */
  void delete() {
    if (!exists()) {
      return;
    }
    var ports = Shell.run(List.of("ls", "/sys/class/net/" + network.bridge() + "/brif"));
    ports.output().lines().forEach(port -> Shell.run(List.of("ip", "link", "delete", port)));
    Shell.run(List.of("ip", "link", "delete", network.bridge()));
  }

  private static void ip(String... arguments) {
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Shell.check("Setting up the pod network", command);
  }
}
