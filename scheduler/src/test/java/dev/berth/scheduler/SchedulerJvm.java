package dev.berth.scheduler;

import dev.berth.api.process.Tls;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The real scheduler process, in a JVM of its own. */
final class SchedulerJvm implements AutoCloseable {
  final String address;
  final int managementPort;
  final Path log;
  private final Process process;

  SchedulerJvm(Path dir, String id, String zookeeper, Tls tls) throws IOException {
    int port = freePort();
    managementPort = freePort();
    address = "127.0.0.1:" + port;
    log = dir.resolve(id + ".log");
    Path config = Files.writeString(dir.resolve(id + ".yaml"), yaml(id, port, zookeeper, tls));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SchedulerMain.class.getName(),
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  private String yaml(String id, int port, String zookeeper, Tls tls) {
    return """
        id: %s
        listen: {host: 127.0.0.1, port: %d}
        zookeeper: {connect: "%s", root: /berth, sessionTimeout: PT2S}
        nodeTimeout: PT3S
        tls: {ca: %s, cert: %s, key: %s}
        management: {host: 127.0.0.1, port: %d}
        audit: {interval: PT1S}
        """
        .formatted(id, port, zookeeper, tls.ca(), tls.cert(), tls.key(), managementPort);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** The line of the kernel, as in "VmRSS: 123456 kB". */
  String residentMemory() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process.pid() + "", "status"))) {
      return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("VmRSS unknown");
    }
  }

  /** SIGSTOP, SIGCONT and the like. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
