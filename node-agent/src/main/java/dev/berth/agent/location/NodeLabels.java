package dev.berth.agent.location;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a location from the labels of a Kubernetes node. Labels of Berth come first, then those
 * that clouds and vendors write: topology.kubernetes.io of Kubernetes, gce-topology and gke-tpu of
 * GKE, gpu.clique of NVIDIA's GPU feature discovery.
 */
public final class NodeLabels {
  public static final String REGION = "topology.kubernetes.io/region";
  public static final String ZONE = "topology.kubernetes.io/zone";
  public static final String BLOCK = "berth.dev/block";
  public static final String RACK = "berth.dev/rack";
  public static final String NVLINK_DOMAIN = "berth.dev/nvlink-domain";

  /** Name, size in chips (16x16) and first chip of this host (4-8). */
  public static final String TPU_POD = "berth.dev/tpu-pod";

  public static final String TPU_POD_SIZE = "berth.dev/tpu-pod-size";
  public static final String TPU_AT = "berth.dev/tpu-at";

  private NodeLabels() {}

  public static Location location(Map<String, String> labels) {
    return new Location(
        first(labels, REGION),
        first(labels, ZONE),
        first(labels, BLOCK, "cloud.google.com/gce-topology-block"),
        first(labels, RACK, "cloud.google.com/gce-topology-subblock"),
        first(labels, NVLINK_DOMAIN, "nvidia.com/gpu.clique"),
        tpu(labels));
  }

  private static Optional<TpuPlace> tpu(Map<String, String> labels) {
    String pod = first(labels, TPU_POD, "cloud.google.com/gke-nodepool");
    Optional<Chips> size =
        Chips.size(first(labels, TPU_POD_SIZE, "cloud.google.com/gke-tpu-topology"));
    Optional<Chips> at = Chips.place(first(labels, TPU_AT));
    return pod.isEmpty()
        ? Optional.empty()
        : size.flatMap(s -> at.map(place -> new TpuPlace(pod, place, s)));
  }

  private static String first(Map<String, String> labels, String... keys) {
    return Stream.of(keys)
        .map(key -> labels.getOrDefault(key, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }
}
