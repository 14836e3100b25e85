package dev.berth.e2e.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shell program that keeps one process running: starts it again a second after it ended, and
 * ends it and itself on TERM. A lock makes a second copy end at once.
 */
final class SupervisorScript {
  private SupervisorScript() {}

  /** The script of {@code spec}, which keeps its pid files and its lock in {@code directory}. */
  static String render(ProcessSpec spec, Path directory) {
    return """
    #!/bin/sh
    # Keeps %1$s running. Written by berth; reads files with digest %2$s.
    cd %3$s || exit 1
    exec 9> lock
    flock -n 9 || exit 0
    echo $$ > supervisor.pid
    child=
    stop() {
      trap '' TERM
      if [ -n "$child" ]; then kill -TERM "$child" 2> /dev/null; wait "$child"; fi
      rm -f child.pid supervisor.pid
      exit 0
    }
    trap stop TERM
    %4$s
    while :; do
      %5$s 9>&- &
      child=$!
      echo "$child" > child.pid
      wait "$child"
      code=$?
      child=
      rm -f child.pid
      echo x >> restarts
      echo "supervisor: %1$s ended with exit code $code and starts again in 1 s"
      sleep 1 9>&- &
      wait $!
    done
    """
        .formatted(
            spec.name(),
            digest(spec.files()),
            quote(directory.toString()),
            exports(spec.environment()),
            spec.command().stream().map(SupervisorScript::quote).collect(Collectors.joining(" ")));
  }

  private static String exports(Map<String, String> environment) {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .map(entry -> "export " + entry.getKey() + "=" + quote(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  /** One word for a POSIX shell, whatever is in it. */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String digest(Map<Path, String> files) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(files)
          .forEach(
              (file, content) ->
                  sha.update((file + "\0" + content + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
