package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as child processes, with a time limit. */
public final class ProcessRunner implements CommandRunner {
  private static final int SECONDS = 30;

  @Override
  public String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      Thread.ofVirtual().start(() -> killWhenLate(process));
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return checked(command, process.waitFor(), output);
    } catch (IOException e) {
      throw new DeviceException("Cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException("Interrupted while running " + String.join(" ", command), e);
    }
  }

  private static void killWhenLate(Process process) {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private static String checked(List<String> command, int exit, String output) {
    if (exit != 0) {
      throw new DeviceException(
          "%s ended with %d: %s".formatted(String.join(" ", command), exit, output.strip()));
    }
    return output;
  }
}
