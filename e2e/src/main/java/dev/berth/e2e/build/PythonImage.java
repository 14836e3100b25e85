package dev.berth.e2e.build;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.Shell;
import dev.berth.e2e.steps.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image with this machine's Python, gradio, the Hub's ZeroGPU client and a Space that uses them:
 * in the cache, or made on demand. No registry has to be in reach, only the package index.
 */
public final class PythonImage {
  public static final String TAG = "berth.dev/zerogpu-demo:1";
  private static final String PACKAGES = "packages";
  private static final String ARCHIVE = "image.tar";
  private static final List<String> ENVIRONMENT =
      List.of(
          "PATH=/usr/local/bin:/usr/bin:/bin",
          "PYTHONPATH=/opt/python/packages",
          "PYTHONUNBUFFERED=1",
          "HOME=/tmp",
          "GRADIO_ANALYTICS_ENABLED=False");

  private final Path sources;
  private final Path cache;
  private final GoBuild build;
  private final Progress progress;

  /** Looked for once, when first needed. */
  private @Nullable String python;

  private @Nullable Path directory;

  /**
   * @param sources the directory e2e/cluster of this repository
   */
  public PythonImage(Path sources, Path cache, Progress progress) {
    this.sources = sources;
    this.cache = cache;
    this.build = new GoBuild(sources, cache, progress);
    this.progress = progress;
  }

  /** The OCI archive; made if it is not there. */
  public Path archive() {
    return directory().resolve(ARCHIVE);
  }

  /** A command that runs a script of {@code e2e/cluster/python} with the image's packages here. */
  public List<String> script(String name) {
    return List.of(python(), sources.resolve("python").resolve(name).toString());
  }

  /** What {@link #script} needs in its environment. */
  public Map<String, String> environment() {
    return Map.of("PYTHONPATH", directory().resolve(PACKAGES).toString());
  }

  private synchronized Path directory() {
    if (directory == null) {
      directory = made();
    }
    return directory;
  }

  private Path made() {
    var version = GoModule.hash(sources.resolve("python"), python());
    var made = cache.resolve("zerogpu-demo-" + version);
    if (!Files.exists(made)) {
      var go = build.build(GoModule.IMAGES, ClusterPrograms::writeImages);
      progress.track("made the image " + TAG, () -> make(go.resolve("images"), made));
    }
    return made;
  }

  private void make(Path images, Path directory) {
    var partial = cache.resolve("." + directory.getFileName() + ".partial");
    try {
      Files.createDirectories(partial);
      install(partial.resolve(PACKAGES));
      write(images, partial);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make " + directory, e);
    }
  }

  private void install(Path packages) {
    var requirements = sources.resolve("python").resolve("requirements.txt").toString();
    Shell.check(
        "Installing gradio and spaces (it needs the Python package index, see `pip config`)",
        List.of(
            python(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--upgrade",
            "--target",
            packages.toString(),
            "--requirement",
            requirements));
  }

  private void write(Path images, Path partial) throws IOException {
    var layer = partial.resolve("layer.tar");
    var command = new ArrayList<>(script("layer.py"));
    command.addAll(List.of("--packages", partial.resolve(PACKAGES).toString()));
    command.addAll(List.of("--app", sources.resolve("python/app").toString()));
    command.addAll(List.of("--out", layer.toString()));
    var interpreter = Shell.check("Packing Python", command).strip();
    Shell.check("Writing the image " + TAG, imageCommand(images, partial, interpreter));
    Files.delete(layer);
  }

  private static List<String> imageCommand(Path images, Path partial, String interpreter) {
    var command = new ArrayList<>(List.of(images.toString(), "-tag", TAG));
    command.addAll(List.of("-out", partial.resolve(ARCHIVE).toString()));
    command.addAll(List.of("-layer", partial.resolve("layer.tar").toString()));
    command.addAll(List.of("-entrypoint", interpreter + " /app/app.py"));
    ENVIRONMENT.forEach(variable -> command.addAll(List.of("-env", variable)));
    return command;
  }

  private synchronized String python() {
    if (python == null) {
      python = findPython();
    }
    return python;
  }

  /** A Python with pip that the client supports: 3.10 or newer. */
  private static String findPython() {
    var found =
        Shell.run(
            List.of(
                "python3",
                "-c",
                "import os, sys, pip; assert sys.version_info >= (3, 10); print(os.path.realpath(sys.executable))"));
    if (!found.ok()) {
      throw new FleetException(
          "python3 with pip, 3.10 or newer, is needed: apt-get install python3 python3-pip");
    }
    return found.output().strip();
  }
}
