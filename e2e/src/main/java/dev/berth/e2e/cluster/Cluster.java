package dev.berth.e2e.cluster;

import dev.berth.e2e.steps.Step;
import java.nio.file.Path;
import java.util.List;

/** A Kubernetes cluster in which Spaces run. */
public interface Cluster {
  /** The step after which the API answers. */
  String API_READY = "kube-apiserver";

  /** The step after which the kubelet runs and its plugin directories exist. */
  String KUBELET_READY = "kubelet";

  /** Makes or fetches what the steps need; may take minutes the first time. */
  void prepare();

  /** The steps that bring it up; {@link #API_READY} and {@link #KUBELET_READY} are among them. */
  List<Step> steps();

  /** What must be done at the very end: wait until the cluster can run pods. */
  void awaitNodes();

  /** The administrator's kubeconfig. */
  Path kubeconfig();

  /** The kubeconfig of one of our processes. */
  Path kubeconfig(String process);

  /** The kubectl program with the administrator's kubeconfig, to be followed by arguments. */
  List<String> kubectl();

  /** Makes an OCI archive usable by pods of the local node. */
  void importImage(Path archive);

  /** Where the kubelet of the node keeps its plugin sockets, as seen from this machine. */
  Path kubeletRoot();

  /** Where the container runtime looks for CDI files, as seen from this machine. */
  Path cdiDirectory();

  /** The node on which the local node agent serves. */
  String node();

  /** Stops it. Answers what could not be removed, empty if nothing is left. */
  List<String> down();
}
