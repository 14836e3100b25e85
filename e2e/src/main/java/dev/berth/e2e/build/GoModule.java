package dev.berth.e2e.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A directory with a go.mod from which programs are built.
 *
 * @param name the directory's name below e2e/cluster
 * @param packages what to build; each becomes a program named by the last part of its path
 * @param linkerFlags for {@code go build -ldflags}
 * @param links other names under which the one program is called
 */
record GoModule(String name, List<String> packages, String linkerFlags, List<String> links) {
  private static final String VERSION = "k8s.io/component-base/version.";

  static final GoModule KUBE =
      new GoModule(
          "kube",
          List.of("."),
          "-s -w -X %1$sgitVersion=v1.36.3 -X %1$sgitMajor=1 -X %1$sgitMinor=36".formatted(VERSION),
          List.of(
              "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kubectl"));

  static final GoModule ETCD =
      new GoModule("etcd", List.of("go.etcd.io/etcd/server/v3"), "-s -w", List.of());

  static final GoModule CONTAINERD =
      new GoModule(
          "containerd",
          List.of(
              "github.com/containerd/containerd/v2/cmd/containerd",
              "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2",
              "github.com/containerd/containerd/v2/cmd/ctr"),
          "-s -w -X github.com/containerd/containerd/v2/version.Version=v2.2.1",
          List.of());

  static final GoModule IMAGES =
      new GoModule("images", List.of(".", "./pause", "./demo-app"), "-s -w", List.of());

  /** Twelve hexadecimal digits that change with the sources, the flags and the architecture. */
  String version(Path sources) {
    return hash(sources, toString());
  }

  /** Twelve hexadecimal digits that change with the sources, the architecture and {@code more}. */
  static String hash(Path sources, String more) {
    try (var files = Files.walk(sources)) {
      var sha = MessageDigest.getInstance("SHA-256");
      update(sha, more + System.getProperty("os.arch"));
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        update(sha, sources.relativize(file).toString());
        sha.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the sources in " + sources, e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha, String text) {
    sha.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
