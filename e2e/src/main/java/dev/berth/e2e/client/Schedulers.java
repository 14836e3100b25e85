package dev.berth.e2e.client;

import dev.berth.api.process.Tls;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.home.Port;
import java.util.List;
import java.util.Map;

/** How to reach the schedulers of a local fleet. */
public record Schedulers(Map<String, String> addresses, Tls tls) {

  public static Schedulers of(LocalFleet fleet) {
    var pki = fleet.home().pki("berth");
    return new Schedulers(
        Map.of(
            "scheduler-0", "127.0.0.1:" + fleet.port(Port.SCHEDULER_0),
            "scheduler-1", "127.0.0.1:" + fleet.port(Port.SCHEDULER_1)),
        new Tls(pki.resolve("ca.crt"), pki.resolve("cli.crt"), pki.resolve("cli.key")));
  }

  public List<String> list() {
    return List.copyOf(addresses.values());
  }

  public Leader leader(LocalFleet fleet) {
    return new HealthCheckedLeader(fleet, addresses, tls);
  }
}
