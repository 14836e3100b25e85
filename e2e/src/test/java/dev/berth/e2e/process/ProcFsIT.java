package dev.berth.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsIT {
  @Test
  void aProcessKeepsItsEnvironmentWhileItBecomesAnotherProgram(@TempDir Path directory)
      throws IOException {
    // Given
    var script = directory.resolve("again.sh");
    Files.writeString(
        script, "[ $1 = 0 ] && exec /bin/sleep 1000\nexec /bin/sh \"$0\" $(($1 - 1))\n");
    var builder = new ProcessBuilder("/bin/sh", script.toString(), "2000");
    builder.environment().put("BERTH_MARK", "kept");
    var process = builder.start();

    // When
    int without = 0;
    while (!ProcFs.commandLine(process.pid()).startsWith("/bin/sleep")) {
      without += ProcFs.hasEnvironment(process.pid(), "BERTH_MARK=kept") ? 0 : 1;
    }

    // Then
    process.destroyForcibly();
    assertThat(without).isZero();
  }
}
