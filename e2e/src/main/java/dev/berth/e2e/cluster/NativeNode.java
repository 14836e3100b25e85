package dev.berth.e2e.cluster;

import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.build.DebianPackages;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.home.Yaml;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one node of the native cluster: containerd and kubelet, with all they keep below the home.
 */
record NativeNode(Home home, Settings settings, ClusterPrograms programs) {
  static final String NAME = "berth-0";

  Path kubeletRoot() {
    return home.run("kubelet-root");
  }

  Path cdiDirectory() {
    return home.run("cdi");
  }

  Path containerdSocket() {
    return home.run("containerd").resolve("containerd.sock");
  }

  /** The ids of all containers and sandboxes that containerd remembers. */
  Set<String> containerIds() {
    var cri = home.data("containerd").resolve("io.containerd.grpc.v1.cri");
    return Stream.of("containers", "sandboxes")
        .flatMap(kind -> Directories.names(cri.resolve(kind)).stream())
        .collect(Collectors.toSet());
  }

  /** containerd's volatile state: its shims' bundles, mounts and network namespaces. */
  Path containerdState() {
    return home.run("containerd-state");
  }

  ProcessSpec containerd() {
    var config = home.config("containerd.toml");
    var cni = home.config("cni").resolve("berth.conflist");
    // containerd looks up its shim by PATH.
    var path = programs.containerd() + ":" + System.getenv().getOrDefault("PATH", "/usr/sbin");
    return new ProcessSpec(
        "containerd",
        List.of(programs.containerd().resolve("containerd").toString(), "--config", config + ""),
        Map.of("PATH", path),
        Map.of(config, containerdConfig(), cni, CniConfig.render(home, settings)),
        new Readiness.UnixSocket(containerdSocket()));
  }

  String containerdConfig() {
    return """
    version = 3
    root = "%1$s"
    state = "%2$s"
    # Not needed here; some of them would share directories with other fleets.
    disabled_plugins = [
      "io.containerd.nri.v1.nri", "io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.btrfs",
      "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
      "io.containerd.snapshotter.v1.erofs", "io.containerd.snapshotter.v1.blockfile",
    ]

    [grpc]
      address = "%3$s"

    [debug]
      level = "warn"

    [plugins.'io.containerd.cri.v1.images']
      snapshotter = "%4$s"
      [plugins.'io.containerd.cri.v1.images'.pinned_images]
        sandbox = "%5$s"

    [plugins.'io.containerd.cri.v1.runtime']
      enable_cdi = true
      cdi_spec_dirs = ["%6$s"]
      netns_mounts_under_state_dir = true
      # In a container or a user namespace nobody may lower oom_score_adj.
      restrict_oom_score_adj = true

      [plugins.'io.containerd.cri.v1.runtime'.cni]
        bin_dirs = ["%7$s"]
        conf_dir = "%8$s"

      [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
        runtime_type = "io.containerd.runc.v2"
        [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
          BinaryName = "%9$s"
          Root = "%10$s"
          SystemdCgroup = false
    """
        .formatted(
            home.data("containerd"),
            containerdState(),
            containerdSocket(),
            Snapshotter.forDirectory(home.root()),
            ClusterPrograms.PAUSE_IMAGE,
            cdiDirectory(),
            DebianPackages.cniPlugins(),
            home.config("cni"),
            DebianPackages.runc(),
            home.run("runc"));
  }

  ProcessSpec kubelet() {
    var config = home.config("kubelet.yaml");
    var kubeconfig = home.config("kubelet.kubeconfig");
    return new ProcessSpec(
        "kubelet",
        List.of(
            programs.kube("kubelet").toString(),
            "--config=" + config,
            "--kubeconfig=" + kubeconfig,
            "--root-dir=" + kubeletRoot(),
            "--cert-dir=" + home.data("kubelet-certificates"),
            "--hostname-override=" + NAME,
            "--node-labels=" + NodePlace.labels(),
            "--node-ip=" + settings.network().gateway()),
        Map.of(),
        Map.of(
            config,
            Yaml.render(kubeletConfig()),
            kubeconfig,
            new Kubeconfig(home, settings.port(Port.API_SERVER)).render("kubelet")),
        Readiness.http(settings.port(Port.KUBELET_HEALTH), "/healthz"));
  }

  private Map<String, Object> kubeletConfig() {
    var pki = home.pki("kubernetes");
    return Yaml.map(
        "apiVersion",
        "kubelet.config.k8s.io/v1beta1",
        "kind",
        "KubeletConfiguration",
        "address",
        settings.network().gateway(),
        "port",
        settings.port(Port.KUBELET),
        "healthzBindAddress",
        "127.0.0.1",
        "healthzPort",
        settings.port(Port.KUBELET_HEALTH),
        "readOnlyPort",
        0,
        "tlsCertFile",
        pki.resolve("kubelet.crt"),
        "tlsPrivateKeyFile",
        pki.resolve("kubelet.key"),
        "authentication",
        Yaml.map(
            "anonymous",
            Yaml.map("enabled", false),
            "x509",
            Yaml.map("clientCAFile", pki.resolve("ca.crt"))),
        "containerRuntimeEndpoint",
        "unix://" + containerdSocket(),
        "clusterDNS",
        NameServers.ofThisMachine(),
        "podLogsDir",
        home.root().resolve("logs").resolve("pods"),
        "volumePluginDir",
        home.run("volume-plugins"),
        // Works on cgroup v1, v2 and mixed, inside containers and without systemd.
        "cgroupDriver",
        "cgroupfs",
        "cgroupsPerQOS",
        false,
        "enforceNodeAllocatable",
        List.of(),
        "failCgroupV1",
        false,
        "failSwapOn",
        false,
        "makeIPTablesUtilChains",
        false,
        // A developer's disk may be nearly full, and images made here cannot be pulled again.
        "evictionHard",
        Yaml.map(),
        "imageGCHighThresholdPercent",
        100,
        "maxPods",
        250);
  }
}
