package dev.berth.e2e.cluster;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.Shell;
import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.steps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster that somebody else runs and that Berth only uses. A local node agent can serve a node
 * of it only if that node is this machine.
 */
public final class KubeconfigCluster implements Cluster {
  private final Home home;
  private final Optional<Path> given;
  private final ClusterPrograms programs;

  public KubeconfigCluster(Home home, Optional<Path> given, ClusterPrograms programs) {
    this.home = home;
    this.given = given;
    this.programs = programs;
  }

  @Override
  public void prepare() {
    given.ifPresent(file -> PrivateFile.write(home.kubeconfig(), read(file)));
    programs.buildKubectl();
  }

  @Override
  public List<Step> steps() {
    return List.of(
        new Step(API_READY, Set.of(), this::checkDynamicResources),
        new Step(KUBELET_READY, Set.of(API_READY), () -> {}));
  }

  @Override
  public void awaitNodes() {
    var command = with("wait", "--for=condition=Ready", "node/" + node(), "--timeout=60s");
    Shell.check("Waiting for the node", command);
  }

  @Override
  public Path kubeconfig() {
    return home.kubeconfig();
  }

  /** All of our processes act as the user of the given file. */
  @Override
  public Path kubeconfig(String process) {
    return home.kubeconfig();
  }

  @Override
  public List<String> kubectl() {
    return with();
  }

  @Override
  public void importImage(Path archive) {
    throw new FleetException(
        "Import the image on the nodes yourself: ctr --namespace=k8s.io images import " + archive);
  }

  @Override
  public Path kubeletRoot() {
    return Path.of("/var/lib/kubelet");
  }

  @Override
  public Path cdiDirectory() {
    return Path.of("/var/run/cdi");
  }

  /** The first node by name. */
  @Override
  public String node() {
    var names = Shell.check("Listing nodes", with("get", "nodes", "--output=name")).strip();
    if (names.isEmpty()) {
      throw new FleetException("The cluster of " + home.kubeconfig() + " has no nodes");
    }
    return names.lines().findFirst().orElseThrow().substring("node/".length());
  }

  @Override
  public List<String> down() {
    return List.of();
  }

  private void checkDynamicResources() {
    var answer = Shell.run(with("get", "--raw", "/apis/resource.k8s.io/v1"));
    if (!answer.ok()) {
      throw new FleetException(
          "The cluster of %s does not serve resource.k8s.io/v1 (Dynamic Resource Allocation, Kubernetes 1.34 or newer): %s"
              .formatted(given.orElse(home.kubeconfig()), answer.output().strip()));
    }
  }

  private List<String> with(String... arguments) {
    var command = new ArrayList<String>();
    command.add(programs.kubectl().toString());
    command.add("--kubeconfig=" + home.kubeconfig());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FleetException(
          "--kubeconfig %s cannot be read (%s): give the file of a cluster"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
