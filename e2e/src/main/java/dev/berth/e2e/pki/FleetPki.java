package dev.berth.e2e.pki;

import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.PodNetwork;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * The three authorities of a fleet and all that they sign: "berth" for our own processes,
 * "kubernetes" for the API server and its users, "etcd" for etcd and its one client.
 */
public final class FleetPki {
  /** Our processes that speak gRPC with each other. */
  public static final List<String> PROCESSES =
      List.of("scheduler-0", "scheduler-1", "hub", "operator", "node-agent", "cli");

  /** Our processes that use the Kubernetes API, each as a user of its own. */
  public static final List<String> KUBERNETES_USERS =
      List.of("operator", "node-agent", "hub", "gateway");

  private static final String COMPLETE = "complete";

  private final Home home;
  private final Instant now;
  private final SecureRandom random;

  public FleetPki(Home home, Instant now, SecureRandom random) {
    this.home = home;
    this.now = now;
    this.random = random;
  }

  /** Makes everything unless it is there; an interrupted attempt is begun anew. */
  public void create(PodNetwork network) {
    if (Files.exists(home.pki(COMPLETE))) {
      return;
    }
    createBerth();
    createKubernetes(network);
    createEtcd();
    write(COMPLETE, now + "\n");
  }

  /** The authority of our own processes and what it signs. */
  public void createBerth() {
    var authority = authority("berth");
    PROCESSES.forEach(name -> issue(authority, "berth", name, Subject.local(name)));
  }

  private void createKubernetes(PodNetwork network) {
    var authority = authority("kubernetes");
    issue(authority, "kubernetes", "kube-apiserver", Subject.local("kube-apiserver"));
    user(authority, "kube-apiserver-kubelet-client", "system:masters");
    user(authority, "admin", "system:masters");
    component(authority, "kube-controller-manager");
    component(authority, "kube-scheduler");
    issue(authority, "kubernetes", "kubelet", Subject.node("berth-0", network.gateway()));
    KUBERNETES_USERS.forEach(name -> user(authority, "berth-" + name, "berth"));
    var signing = CertificateAuthority.create("service-accounts", now, random).credentials();
    write("kubernetes/service-accounts.key", signing.keyPem());
    write("kubernetes/service-accounts.crt", signing.certificatePem());
  }

  private void createEtcd() {
    var authority = authority("etcd");
    issue(authority, "etcd", "server", Subject.local("etcd"));
    issue(authority, "etcd", "client", Subject.local("kube-apiserver"));
  }

  private CertificateAuthority authority(String name) {
    var authority = CertificateAuthority.create(name + "-ca", now, random);
    write(name + "/ca.crt", authority.credentials().certificatePem());
    return authority;
  }

  private void component(CertificateAuthority authority, String name) {
    issue(authority, "kubernetes", name, Subject.local("system:" + name));
  }

  private void user(CertificateAuthority authority, String name, String group) {
    issue(authority, "kubernetes", name, Subject.user(name, group));
  }

  private void issue(CertificateAuthority authority, String directory, String file, Subject who) {
    var credentials = authority.issue(who);
    write(directory + "/" + file + ".crt", credentials.certificatePem());
    write(directory + "/" + file + ".key", credentials.keyPem());
  }

  private void write(String file, String content) {
    PrivateFile.write(home.pki(file), content);
  }
}
