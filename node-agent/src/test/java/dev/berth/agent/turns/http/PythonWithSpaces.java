package dev.berth.agent.turns.http;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A Python with the unmodified client, made once and kept by version under {@code $BERTH_CACHE} or
 * {@code ~/.cache/berth}. Tests that need it are skipped where neither python3 nor pip can be had.
 */
final class PythonWithSpaces {
  private PythonWithSpaces() {}

  /** Which gradio the client meets. */
  enum Gradio {
    /** That of the demo's image. */
    FIVE,
    SIX;

    private static final Path DEMO = Path.of("..", "e2e", "cluster", "python", "requirements.txt");
    private static final Path NEXT = Path.of("src", "test", "resources", "spaces", "gradio6.txt");

    /** As pip reads them. */
    private List<String> requirements() throws IOException {
      List<String> demo = Files.readAllLines(DEMO);
      return switch (this) {
        case FIVE -> demo;
        case SIX ->
            Stream.concat(
                    Files.readAllLines(NEXT).stream(),
                    demo.stream().filter(line -> !line.startsWith("gradio==")))
                .toList();
      };
    }
  }

  /** The interpreter; aborts the test, and says why, where there is none. */
  static Path interpreter(Gradio gradio) throws IOException, InterruptedException {
    List<String> requirements = gradio.requirements();
    String versions = String.join("-", requirements).replace("==", "-");
    Path home = cache().resolve("python").resolve(versions);
    Path python = home.resolve("bin/python");
    Path made = home.resolve(".made");
    Files.createDirectories(home);
    try (RandomAccessFile file = new RandomAccessFile(home.resolve(".lock").toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      Objects.requireNonNull(lock);
      if (!Files.exists(made)) {
        run(home, List.of("python3", "-m", "venv", home.toString()));
        List<String> pip = List.of(python.toString(), "-m", "pip", "install", "-q");
        run(home, Stream.concat(pip.stream(), requirements.stream()).toList());
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
