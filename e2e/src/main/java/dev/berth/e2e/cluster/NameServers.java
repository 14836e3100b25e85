package dev.berth.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The name servers that pods use: this machine's, since no service has a name in the native
 * cluster. Told explicitly, they spare every pod a warning.
 */
final class NameServers {
  private static final String LINE = "nameserver ";

  private NameServers() {}

  static List<String> ofThisMachine() {
    try {
      return parse(Files.readString(Path.of("/etc/resolv.conf")));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Those that can be reached from a pod, which has a loopback of its own. */
  static List<String> parse(String resolvConf) {
    return resolvConf
        .lines()
        .filter(line -> line.startsWith(LINE))
        .map(line -> line.substring(LINE.length()).strip())
        .filter(address -> !address.startsWith("127.") && !address.equals("::1"))
        .limit(3)
        .toList();
  }
}
