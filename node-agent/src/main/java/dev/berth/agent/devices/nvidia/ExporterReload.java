package dev.berth.agent.devices.nvidia;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes dcgm-exporter read its list of instances anew, by SIGHUP to the process in a pid file. */
public record ExporterReload(@Nullable Path pidFile, CommandRunner runner) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ExporterReload.class);

  @Override
  public void run() {
    if (pidFile == null) {
      return;
    }
    try {
      runner.run(List.of("kill", "-HUP", Files.readString(pidFile).strip()));
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("pidFile", pidFile)
          .setCause(e)
          .log("The exporter could not be told of a MIG change; its rows may be stale.");
    }
  }
}
