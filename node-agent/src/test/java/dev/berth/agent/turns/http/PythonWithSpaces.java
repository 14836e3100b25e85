package dev.berth.agent.turns.http;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A Python with the unmodified client, made once and kept by version under {@code $BERTH_CACHE} or
 * {@code ~/.cache/berth}. Tests that need it are skipped where neither python3 nor pip can be had.
 */
final class PythonWithSpaces {
  /** The versions of the demo's image. */
  private static final Path REQUIREMENTS =
      Path.of("..", "e2e", "cluster", "python", "requirements.txt");

  private PythonWithSpaces() {}

  /** The interpreter; aborts the test, and says why, where there is none. */
  static Path interpreter() throws IOException, InterruptedException {
    String versions = String.join("-", Files.readAllLines(REQUIREMENTS)).replace("==", "-");
    Path home = cache().resolve("python").resolve(versions);
    Path python = home.resolve("bin/python");
    Path made = home.resolve(".made");
    Files.createDirectories(home);
    try (RandomAccessFile file = new RandomAccessFile(home.resolve(".lock").toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      Objects.requireNonNull(lock);
      if (!Files.exists(made)) {
        run(home, List.of("python3", "-m", "venv", home.toString()));
        run(
            home,
            List.of(
                python.toString(), "-m", "pip", "install", "-q", "-r", REQUIREMENTS.toString()));
        Files.createFile(made);
      }
    }
    return python;
  }

  private static Path cache() {
    String given = System.getenv("BERTH_CACHE");
    return given == null || given.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "berth")
        : Path.of(given);
  }

  private static void run(Path home, List<String> command)
      throws IOException, InterruptedException {
    Path log = home.resolve("install.log");
    int exit;
    try {
      exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      assumeThat(e).as("no Python to run the spaces client with: %s", e).isNull();
      return;
    }
    assumeThat(exit)
        .as("the spaces client cannot be installed: %s said %s", command, Files.readString(log))
        .isZero();
  }
}
