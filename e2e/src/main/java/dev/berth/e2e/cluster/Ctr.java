package dev.berth.e2e.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** containerd's command line client, for the namespace in which the kubelet's containers live. */
record Ctr(Path directory, Path socket) {
  List<String> command(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                directory.resolve("ctr").toString(), "--address=" + socket, "--namespace=k8s.io"));
    command.addAll(List.of(arguments));
    return command;
  }
}
