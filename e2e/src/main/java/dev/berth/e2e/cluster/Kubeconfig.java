package dev.berth.e2e.cluster;

import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Yaml;
import java.util.List;

/** The native cluster's kubeconfig files. They name their keys by path. */
record Kubeconfig(Home home, int apiServerPort) {
  /** The file's text for the user whose certificate is pki/kubernetes/{@code user}.crt. */
  String render(String user) {
    return Yaml.render(
        Yaml.map(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "clusters",
            List.of(Yaml.map("name", "berth", "cluster", cluster())),
            "users",
            List.of(Yaml.map("name", "berth", "user", user(user))),
            "contexts",
            List.of(
                Yaml.map(
                    "name", "berth", "context", Yaml.map("cluster", "berth", "user", "berth"))),
            "current-context",
            "berth"));
  }

  private Object cluster() {
    return Yaml.map(
        "server", "https://127.0.0.1:" + apiServerPort, "certificate-authority", pki("ca.crt"));
  }

  private Object user(String user) {
    return Yaml.map("client-certificate", pki(user + ".crt"), "client-key", pki(user + ".key"));
  }

  private String pki(String file) {
    return home.pki("kubernetes").resolve(file).toString();
  }
}
