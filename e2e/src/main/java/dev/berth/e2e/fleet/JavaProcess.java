package dev.berth.e2e.fleet;

import dev.berth.e2e.home.Home;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Starts a JVM of ours with a small footprint.
 *
 * @param archives where JVMs keep the archives of the classes that they loaded; one per class path
 */
record JavaProcess(Home home, String classPath, Path archives) {
  /** Start-up and memory count here, not peak throughput. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=48m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "--sun-misc-unsafe-memory-access=allow",
          "-Xlog:cds=off,cds+dynamic=off,aot=off");

  /** The process {@code name}: {@code mainClass} with {@code arguments} and {@code files}. */
  ProcessSpec spec(
      String name,
      String mainClass,
      int heapMiB,
      List<String> arguments,
      Map<Path, String> files,
      Readiness ready) {
    var jvm = home.config(name + ".jvm");
    var all = new TreeMap<>(files);
    all.put(jvm, options(name, heapMiB));
    var command =
        Stream.concat(Stream.of(java().toString(), "@" + jvm, mainClass), arguments.stream());
    return new ProcessSpec(name, command.toList(), Map.of(), all, ready);
  }

  private String options(String name, int heapMiB) {
    var archive = archives.resolve(name + ".jsa");
    var lines =
        Stream.concat(
            Stream.of(
                "-Xmx" + heapMiB + "m",
                // Written when the process ends in good order; the next start takes half the time.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive),
            FLAGS.stream());
    return String.join("\n", lines.toList()) + "\n-cp \"" + classPath + "\"\n";
  }

  /** The Java that runs this program. */
  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
