package dev.berth.e2e.build;

import dev.berth.e2e.Shell;
import dev.berth.e2e.steps.Progress;
import java.nio.file.Path;
import java.util.List;

/** The programs and images of the native cluster, in the cache or built on demand. */
public final class ClusterPrograms {
  public static final String PAUSE_IMAGE = "berth.dev/pause:1";
  public static final String DEMO_IMAGE = "berth.dev/demo-app:1";

  private final GoBuild build;

  /**
   * @param sources the directory e2e/cluster of this repository
   */
  public ClusterPrograms(Path sources, Path cache, Progress progress) {
    this.build = new GoBuild(sources, cache, progress);
  }

  public void buildAll() {
    build.build(GoModule.KUBE, directory -> {});
    build.build(GoModule.ETCD, directory -> {});
    build.build(GoModule.CONTAINERD, directory -> {});
    buildImages();
  }

  public void buildImages() {
    build.build(GoModule.IMAGES, ClusterPrograms::writeImages);
  }

  public Path kubectl() {
    return kube("kubectl");
  }

  public void buildKubectl() {
    build.build(GoModule.KUBE, directory -> {});
  }

  /** A Kubernetes component by its name. */
  public Path kube(String component) {
    return build.directory(GoModule.KUBE).resolve(component);
  }

  public Path etcd() {
    return build.directory(GoModule.ETCD).resolve("etcd");
  }

  /** The directory with containerd, its shim and ctr. */
  public Path containerd() {
    return build.directory(GoModule.CONTAINERD);
  }

  /** OCI archives to import. */
  public List<Path> images() {
    var directory = build.directory(GoModule.IMAGES);
    return List.of(directory.resolve("pause.tar"), directory.resolve("demo-app.tar"));
  }

  static void writeImages(Path directory) {
    writeImage(directory, "pause", PAUSE_IMAGE);
    writeImage(directory, "demo-app", DEMO_IMAGE);
  }

  private static void writeImage(Path directory, String program, String tag) {
    Shell.check(
        "Writing the image " + tag,
        List.of(
            directory.resolve("images").toString(),
            "-tag",
            tag,
            "-out",
            directory.resolve(program + ".tar").toString(),
            "-entrypoint",
            "/" + program,
            directory.resolve(program).toString()));
  }
}
