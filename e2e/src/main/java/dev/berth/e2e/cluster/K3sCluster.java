package dev.berth.e2e.cluster;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.Shell;
import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.steps.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * k3s in one Docker container. The kubelet's plugin directory and the CDI directory are shared with
 * this machine, where the node agent runs; a route leads from here to the pods.
 */
public final class K3sCluster implements Cluster {
  private final Home home;
  private final ClusterPrograms programs;
  private final K3sNode node;

  public K3sCluster(Home home, Settings settings, ClusterPrograms programs) {
    this.home = home;
    this.programs = programs;
    this.node = new K3sNode(settings.id(), kubeletRoot(), cdiDirectory());
  }

  @Override
  public void prepare() {
    K3sNode.requireDocker();
    programs.buildKubectl();
    programs.buildImages();
  }

  @Override
  public List<Step> steps() {
    return List.of(
        new Step(API_READY, Set.of(), this::startNode),
        new Step(KUBELET_READY, Set.of(API_READY), () -> {}));
  }

  private void startNode() {
    PrivateFile.write(home.kubeconfig(), node.start(programs.images()));
    var gateway = node.address();
    Shell.check(
        "Making the pods reachable (it needs root)",
        List.of("ip", "route", "replace", K3sNode.POD_NETWORK, "via", gateway));
  }

  @Override
  public void awaitNodes() {
    var command = new ArrayList<>(kubectl());
    command.addAll(List.of("wait", "--for=condition=Ready", "node/" + node(), "--timeout=120s"));
    Shell.check("Waiting for the node", command);
  }

  @Override
  public Path kubeconfig() {
    return home.kubeconfig();
  }

  /** All of our processes act as k3s's administrator. */
  @Override
  public Path kubeconfig(String process) {
    return home.kubeconfig();
  }

  @Override
  public List<String> kubectl() {
    return List.of(programs.kubectl().toString(), "--kubeconfig=" + home.kubeconfig());
  }

  @Override
  public void importImage(Path archive) {
    throw new FleetException(
        "Import the image on the nodes yourself: ctr --namespace=k8s.io images import " + archive);
  }

  @Override
  public Path kubeletRoot() {
    return home.run("kubelet-root");
  }

  @Override
  public Path cdiDirectory() {
    return home.run("cdi");
  }

  @Override
  public String node() {
    return K3sNode.NAME;
  }

  @Override
  public List<String> down() {
    try {
      node.remove();
      return List.of();
    } catch (FleetException e) {
      return List.of("the k3s container: " + e.getMessage());
    }
  }
}
