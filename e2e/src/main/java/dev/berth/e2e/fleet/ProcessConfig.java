package dev.berth.e2e.fleet;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.home.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration of each of our processes, as its Main reads it. */
record ProcessConfig(Home home, Settings settings, Cluster cluster, Path devices) {
  /** So that one is seen to run out. */
  private static final Map<String, Object> SMALL_QUOTAS =
      Map.of("anonymous", Map.of("base", "PT30S"));

  String scheduler(int number) {
    var id = "scheduler-" + number;
    var port = number == 0 ? Port.SCHEDULER_0 : Port.SCHEDULER_1;
    var management = number == 0 ? Port.SCHEDULER_0_MANAGEMENT : Port.SCHEDULER_1_MANAGEMENT;
    return Yaml.render(
        Yaml.map(
            "id",
            id,
            "listen",
            listen(port),
            "zookeeper",
            Yaml.map(
                "connect", address(Port.ZOOKEEPER), "root", "/berth", "sessionTimeout", "PT2S"),
            "nodeTimeout",
            "PT10S",
            // Soon enough to be seen on a laptop.
            "returnAfter",
            "PT5S",
            "zeroGpu",
            Yaml.map(
                "quotas", Map.of("tiers", SMALL_QUOTAS), "hub", List.of(address(Port.METERING))),
            "tls",
            tls(id),
            "management",
            listen(management)));
  }

  String operator() {
    return Yaml.render(
        Yaml.map(
            "kubeconfig",
            cluster.kubeconfig("operator"),
            "schedulers",
            schedulers(),
            "hub",
            List.of(address(Port.METERING)),
            "urlTemplate",
            "http://{host}.localhost:" + settings.port(Port.GATEWAY),
            "startupTimeout",
            "PT30M",
            "leaderElection",
            false,
            "tls",
            tls("operator"),
            "management",
            listen(Port.OPERATOR_MANAGEMENT)));
  }

  String nodeAgent() {
    return Yaml.render(
        Yaml.map(
            "node",
            cluster.node(),
            "kubeconfig",
            cluster.kubeconfig("node-agent"),
            "kubeletRoot",
            cluster.kubeletRoot(),
            "cdiDir",
            cluster.cdiDirectory(),
            "journalDir",
            home.data("journal"),
            "schedulers",
            schedulers(),
            "metering",
            address(Port.METERING),
            "overcommit",
            Yaml.map("cpu", 64, "memory", 16),
            "devices",
            Yaml.map(
                "simulated",
                Yaml.map("file", devices, "exporterPort", settings.port(Port.EXPORTER))),
            "zeroGpu",
            zeroGpu(),
            "reportInterval",
            "PT2S",
            "tls",
            tls("node-agent"),
            "management",
            listen(Port.NODE_AGENT_MANAGEMENT)));
  }

  /** Pods reach the host at their bridge's address; halves of the last card are shared by turns. */
  private Map<String, Object> zeroGpu() {
    return Yaml.map(
        "listen",
        Yaml.map("host", settings.network().gateway(), "port", settings.port(Port.DEVICE_API)),
        "devices",
        List.of("gpu-14-mig-2g-48gb-0", "gpu-14-mig-2g-48gb-6"));
  }

  String hub() {
    return Yaml.render(
        Yaml.map(
            "schedulers",
            schedulers(),
            "http",
            listen(Port.HUB),
            "metering",
            listen(Port.METERING),
            "postgres",
            Yaml.map(
                "embedded",
                Yaml.map("dir", home.data("postgres"), "port", settings.port(Port.POSTGRES))),
            "kubeconfig",
            cluster.kubeconfig("hub"),
            "adminTokenFile",
            home.adminToken(),
            "tls",
            tls("hub"),
            "management",
            listen(Port.HUB_MANAGEMENT)));
  }

  String gateway() {
    return Yaml.render(
        Yaml.map(
            "http",
            listen(Port.GATEWAY),
            "domain",
            "localhost",
            "kubeconfig",
            cluster.kubeconfig("gateway"),
            "identity",
            Yaml.map("hub", "http://" + address(Port.HUB), "namespace", "default"),
            "management",
            listen(Port.GATEWAY_MANAGEMENT)));
  }

  /** zoo.cfg; the short tick lets a session end after one second. */
  String zooKeeper() {
    return """
    tickTime=500
    dataDir=%s
    clientPort=%d
    clientPortAddress=127.0.0.1
    admin.enableServer=false
    4lw.commands.whitelist=ruok,srvr
    maxClientCnxns=0
    snapCount=10000
    autopurge.snapRetainCount=3
    autopurge.purgeInterval=1
    """
        .formatted(home.data("zookeeper"), settings.port(Port.ZOOKEEPER));
  }

  private List<String> schedulers() {
    return List.of(address(Port.SCHEDULER_0), address(Port.SCHEDULER_1));
  }

  private Map<String, Object> tls(String process) {
    var pki = home.pki("berth");
    return Yaml.map(
        "ca",
        pki.resolve("ca.crt"),
        "cert",
        pki.resolve(process + ".crt"),
        "key",
        pki.resolve(process + ".key"));
  }

  private Map<String, Object> listen(Port port) {
    return Yaml.map("host", "127.0.0.1", "port", settings.port(port));
  }

  private String address(Port port) {
    return "127.0.0.1:" + settings.port(port);
  }
}
