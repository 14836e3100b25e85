package dev.berth.e2e.cluster;

import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** etcd and the three Kubernetes processes that need no node. */
record ControlPlane(Home home, Settings settings, ClusterPrograms programs) {

  ProcessSpec etcd() {
    var client = "https://127.0.0.1:" + settings.port(Port.ETCD_CLIENT);
    var peer = "http://127.0.0.1:" + settings.port(Port.ETCD_PEER);
    var health = "http://127.0.0.1:" + settings.port(Port.ETCD_HEALTH);
    return process(
        "etcd",
        programs.etcd(),
        Readiness.http(settings.port(Port.ETCD_HEALTH), "/health"),
        "--name=berth",
        "--data-dir=" + home.data("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=berth=" + peer,
        "--listen-metrics-urls=" + health,
        "--client-cert-auth",
        "--trusted-ca-file=" + etcdPki("ca.crt"),
        "--cert-file=" + etcdPki("server.crt"),
        "--key-file=" + etcdPki("server.key"),
        // A local fleet may lose its last moments with the machine, and disks here are slow.
        "--unsafe-no-fsync",
        "--auto-compaction-retention=10m",
        "--log-level=warn");
  }

  ProcessSpec apiServer() {
    int port = settings.port(Port.API_SERVER);
    return process(
        "kube-apiserver",
        programs.kube("kube-apiserver"),
        new Readiness.Https(URI.create("https://127.0.0.1:" + port + "/readyz"), pki("ca.crt")),
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        // There is no kube-proxy, so no pod could use the address of the service "kubernetes".
        "--endpoint-reconciler-type=none",
        "--etcd-servers=https://127.0.0.1:" + settings.port(Port.ETCD_CLIENT),
        "--etcd-cafile=" + etcdPki("ca.crt"),
        "--etcd-certfile=" + etcdPki("client.crt"),
        "--etcd-keyfile=" + etcdPki("client.key"),
        "--client-ca-file=" + pki("ca.crt"),
        "--tls-cert-file=" + pki("kube-apiserver.crt"),
        "--tls-private-key-file=" + pki("kube-apiserver.key"),
        "--kubelet-client-certificate=" + pki("kube-apiserver-kubelet-client.crt"),
        "--kubelet-client-key=" + pki("kube-apiserver-kubelet-client.key"),
        "--kubelet-certificate-authority=" + pki("ca.crt"),
        "--kubelet-preferred-address-types=InternalIP",
        "--service-account-key-file=" + pki("service-accounts.crt"),
        "--service-account-signing-key-file=" + pki("service-accounts.key"),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--profiling=false");
  }

  ProcessSpec controllerManager() {
    int port = settings.port(Port.CONTROLLER_MANAGER);
    return process(
        "kube-controller-manager",
        programs.kube("kube-controller-manager"),
        new Readiness.Listening(port),
        withKubeconfig(
            "kube-controller-manager",
            port,
            "--controllers=*,-nodeipam,-route,-cloud-node-lifecycle",
            "--use-service-account-credentials",
            "--flex-volume-plugin-dir=" + home.run("volume-plugins"),
            "--service-account-private-key-file=" + pki("service-accounts.key"),
            "--root-ca-file=" + pki("ca.crt")));
  }

  ProcessSpec scheduler() {
    int port = settings.port(Port.KUBE_SCHEDULER);
    return process(
        "kube-scheduler",
        programs.kube("kube-scheduler"),
        new Readiness.Listening(port),
        withKubeconfig("kube-scheduler", port));
  }

  private String[] withKubeconfig(String component, int port, String... more) {
    var kubeconfig = home.config(component + ".kubeconfig");
    var common =
        Stream.of(
            "--kubeconfig=" + kubeconfig,
            "--authentication-kubeconfig=" + kubeconfig,
            "--authorization-kubeconfig=" + kubeconfig,
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            "--tls-cert-file=" + pki(component + ".crt"),
            "--tls-private-key-file=" + pki(component + ".key"),
            "--leader-elect=false",
            "--profiling=false");
    return Stream.concat(common, Stream.of(more)).toArray(String[]::new);
  }

  private ProcessSpec process(String name, Path program, Readiness ready, String... arguments) {
    var command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    return new ProcessSpec(name, command, Map.of(), files(name), ready);
  }

  private Map<Path, String> files(String name) {
    return List.of("kube-controller-manager", "kube-scheduler").contains(name)
        ? Map.of(
            home.config(name + ".kubeconfig"),
            new Kubeconfig(home, settings.port(Port.API_SERVER)).render(name))
        : Map.of();
  }

  private Path pki(String file) {
    return home.pki("kubernetes").resolve(file);
  }

  private Path etcdPki(String file) {
    return home.pki("etcd").resolve(file);
  }
}
