package dev.berth.e2e.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the node of a local cluster stands, as labels; a cloud's nodes have their own. */
final class NodePlace {
  private static final Map<String, String> LABELS =
      new TreeMap<>(
          Map.of(
              "topology.kubernetes.io/region", "local",
              "topology.kubernetes.io/zone", "local-a",
              "berth.dev/block", "block-0",
              "berth.dev/rack", "rack-0"));

  private NodePlace() {}

  /** "key=value,key=value", as kubelet's --node-labels wants them. */
  static String labels() {
    return LABELS.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
