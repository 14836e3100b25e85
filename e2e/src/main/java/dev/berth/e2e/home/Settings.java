package dev.berth.e2e.home;

import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a home chose when it was first brought up and keeps from then on; the file ports.yaml.
 *
 * @param id names this fleet on the machine: its bridge, cgroup and network; "berth-1a2b3c"
 * @param cluster "native", "k3s" or "kubeconfig"
 */
public record Settings(String id, String cluster, int portBase, PodNetwork network) {

  public int port(Port port) {
    return portBase + port.offset();
  }

  /** The settings of {@code home}, chosen now if it has none yet. */
  public static Settings of(Home home, String cluster, OptionalInt portBase) {
    if (home.exists()) {
      return load(home).check(home, cluster, portBase);
    }
    var id = "berth-" + digest(home.root().toString()).substring(0, 6);
    int base =
        portBase.isPresent()
            ? PortBase.require(portBase.getAsInt(), FreePorts::isFree)
            : PortBase.choose(FreePorts::isFree);
    var network = PodNetwork.choose(id, Routes.current()::isFree);
    var chosen = new Settings(id, cluster, base, network);
    chosen.save(home);
    return chosen;
  }

  public static Settings load(Home home) {
    if (!home.exists()) {
      throw new FleetException(
          "There is no fleet in %s: run `./berth up`, or name its home with --home"
              .formatted(home.root()));
    }
    var lines = new HashMap<String, String>();
    for (var line : read(home.settings()).lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        lines.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return new Settings(
        value(home, lines, "id"),
        value(home, lines, "cluster"),
        Integer.parseInt(value(home, lines, "port-base")),
        new PodNetwork(value(home, lines, "id"), value(home, lines, "pod-network")));
  }

  /** The file's text: flat YAML, with every port named for the reader. */
  public String render() {
    var lines = new LinkedHashMap<String, Object>();
    lines.put("id", id);
    lines.put("cluster", cluster);
    lines.put("port-base", portBase);
    lines.put("pod-network", network.prefix());
    for (var port : Port.values()) {
      lines.put("port-" + port.key(), port(port));
    }
    return Yaml.render(lines, Yaml.Quotes.WHERE_NEEDED);
  }

  private void save(Home home) {
    try {
      Files.writeString(home.settings(), render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Settings check(Home home, String wantedCluster, OptionalInt wantedBase) {
    if (!cluster.equals(wantedCluster)) {
      throw changed(home, "--cluster", cluster, wantedCluster);
    }
    if (wantedBase.isPresent() && wantedBase.getAsInt() != portBase) {
      throw changed(home, "--port-base", portBase, wantedBase.getAsInt());
    }
    return this;
  }

  private static FleetException changed(Home home, String option, Object has, Object wanted) {
    return new FleetException(
        "%s was brought up with %s %s and now %s is asked for: `./berth down --purge` first, or use another --home"
            .formatted(home.root(), option, has, wanted));
  }

  private static String value(Home home, Map<String, String> lines, String key) {
    var value = lines.get(key);
    if (value == null) {
      throw new FleetException(
          "%s has no line `%s: ...`: put it back, or remove the home %s after `./berth down`"
              .formatted(home.settings(), key, home.root()));
    }
    return value;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
