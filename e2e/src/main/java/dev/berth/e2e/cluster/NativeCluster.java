package dev.berth.e2e.cluster;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.Shell;
import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.build.DebianPackages;
import dev.berth.e2e.build.Users;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.pki.FleetPki;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Supervisor;
import dev.berth.e2e.steps.Progress;
import dev.berth.e2e.steps.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Kubernetes as plain processes on this machine: no container engine is needed, root is. */
public final class NativeCluster implements Cluster {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

  private final Home home;
  private final Settings settings;
  private final ClusterPrograms programs;
  private final Supervisor supervisor;
  private final Progress progress;
  private final ControlPlane controlPlane;
  private final NativeNode node;

  public NativeCluster(
      Home home,
      Settings settings,
      ClusterPrograms programs,
      Supervisor supervisor,
      Progress progress) {
    this.home = home;
    this.settings = settings;
    this.programs = programs;
    this.supervisor = supervisor;
    this.progress = progress;
    this.controlPlane = new ControlPlane(home, settings, programs);
    this.node = new NativeNode(home, settings, programs);
  }

  @Override
  public void prepare() {
    if (!Users.isRoot()) {
      throw new FleetException(
          "The native cluster runs containers and needs root: run `sudo ./berth up`, or give a cluster with --kubeconfig FILE");
    }
    DebianPackages.ensure(progress);
    programs.buildAll();
    new Bridge(settings.network()).create();
    var kubeconfig = new Kubeconfig(home, settings.port(Port.API_SERVER));
    PrivateFile.write(home.kubeconfig(), kubeconfig.render("admin"));
    FleetPki.KUBERNETES_USERS.forEach(
        name -> PrivateFile.write(kubeconfig(name), kubeconfig.render("berth-" + name)));
  }

  @Override
  public List<Step> steps() {
    var leftover = new NodeLeftovers(home, settings, node, programs);
    return List.of(
        process(controlPlane.etcd()),
        new Step("containerd", Set.of(), () -> leftover.afterReboot(() -> run(node.containerd()))),
        process(controlPlane.apiServer(), "etcd"),
        new Step("images imported", Set.of("containerd"), this::importImages),
        process(controlPlane.controllerManager(), API_READY),
        process(controlPlane.scheduler(), API_READY),
        process(node.kubelet(), API_READY, "images imported"));
  }

  @Override
  public void awaitNodes() {
    awaitNode("--for=condition=Ready", "node/" + NativeNode.NAME);
    // Made by a controller; without it no pod is accepted in the namespace.
    awaitNode("--for=create", "serviceaccount/default", "--namespace=default");
  }

  private void awaitNode(String... condition) {
    var command = Stream.concat(Stream.of("wait", "--timeout=60s"), Stream.of(condition));
    Shell.check("Waiting for the node", kubectl(command.toArray(String[]::new)));
  }

  @Override
  public Path kubeconfig() {
    return home.kubeconfig();
  }

  @Override
  public Path kubeconfig(String process) {
    return home.config(process + ".kubeconfig");
  }

  @Override
  public List<String> kubectl() {
    return kubectl(new String[0]);
  }

  @Override
  public Path kubeletRoot() {
    return node.kubeletRoot();
  }

  @Override
  public Path cdiDirectory() {
    return node.cdiDirectory();
  }

  @Override
  public String node() {
    return NativeNode.NAME;
  }

  @Override
  public List<String> down() {
    var leftovers = new NodeLeftovers(home, settings, node, programs);
    List.of("kube-scheduler", "kube-controller-manager", "kubelet").forEach(supervisor::stop);
    progress.track("containers stopped", leftovers::stopContainers);
    List.of("containerd", "kube-apiserver", "etcd").forEach(supervisor::stop);
    leftovers.remove();
    return leftovers.find();
  }

  private List<String> kubectl(String... arguments) {
    var command = new ArrayList<String>();
    command.add(programs.kubectl().toString());
    command.add("--kubeconfig=" + kubeconfig());
    command.addAll(List.of(arguments));
    return command;
  }

  private Step process(ProcessSpec spec, String... after) {
    return new Step(spec.name(), Set.of(after), () -> run(spec));
  }

  private void run(ProcessSpec spec) {
    supervisor.start(spec);
    supervisor.awaitReady(spec, READY_TIMEOUT);
  }

  private void importImages() {
    programs.images().forEach(this::importImage);
  }

  @Override
  public void importImage(Path archive) {
    var ctr = new Ctr(programs.containerd(), node.containerdSocket());
    Shell.check("Importing " + archive, ctr.command("images", "import", archive.toString()));
  }
}
