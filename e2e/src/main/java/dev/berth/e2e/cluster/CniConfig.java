package dev.berth.e2e.cluster;

import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Settings;

/** How pods get their addresses: a bridge of this fleet, whose pods this machine can reach. */
final class CniConfig {
  private CniConfig() {}

  static String render(Home home, Settings settings) {
    return """
    {
      "cniVersion": "1.0.0",
      "name": "%1$s",
      "plugins": [
        {
          "type": "bridge",
          "bridge": "%2$s",
          "isGateway": true,
          "ipMasq": false,
          "ipam": {
            "type": "host-local",
            "dataDir": "%3$s",
            "ranges": [[{"subnet": "%4$s"}]],
            "routes": [{"dst": "0.0.0.0/0"}]
          }
        }
      ]
    }
    """
        .formatted(
            settings.id(),
            settings.network().bridge(),
            home.data("cni"),
            settings.network().subnet());
  }
}
