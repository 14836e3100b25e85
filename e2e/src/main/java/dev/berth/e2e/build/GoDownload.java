package dev.berth.e2e.build;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Fetches Go from the module proxy, which serves toolchains as modules. */
final class GoDownload {
  static final String VERSION = "1.26.8";

  /** SHA-256 of the module's zip, by architecture. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "amd64", "30c2b1bf7dcc88d3eb0a1364e47ddd9128edb3110a30e8a0ef61cd5856b31de7",
          "arm64", "02b36b6787b3ac767668f630e2998df45a3b1f9ffee08d1bf3ef6487cd658d99");

  private GoDownload() {}

  static Path directory(Path cache) {
    return cache.resolve("go-" + VERSION);
  }

  static void into(Path cache) {
    var module = "v0.0.1-go%s.linux-%s".formatted(VERSION, architecture());
    var url = "%s/golang.org/toolchain/@v/%s.zip".formatted(proxy(), module);
    var zip = cache.resolve(module + ".zip");
    try {
      Files.createDirectories(cache);
      Shell.check("Fetching Go, which is not installed here,", download(url, zip));
      check(zip, url);
      unpack(zip, cache.resolve(".go.partial"));
      Files.move(cache.resolve(".go.partial"), directory(cache), StandardCopyOption.ATOMIC_MOVE);
      Files.delete(zip);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack Go into " + cache, e);
    }
  }

  /** curl and wget know the host's proxy and certificate authorities; one of both is there. */
  private static List<String> download(String url, Path to) {
    return List.of(
        "/bin/sh",
        "-c",
        "if command -v curl > /dev/null; then curl -fsSL -o '%2$s' '%1$s'; else wget -q -O '%2$s' '%1$s'; fi"
            .formatted(url, to));
  }

  private static String proxy() {
    var first = System.getenv().getOrDefault("GOPROXY", "").split("[,|]", -1)[0];
    return first.startsWith("http") ? first : "https://proxy.golang.org";
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      case String other ->
          throw new FleetException(
              "No Go is known for processor %s: install Go 1.26 or newer".formatted(other));
    };
  }

  private static void check(Path zip, String url) throws IOException {
    var expected = DIGESTS.get(architecture());
    var found = digest(zip);
    if (!found.equals(expected)) {
      throw new FleetException(
          "%s has SHA-256 %s, expected %s: the download is not what was published; install Go %s or newer by hand"
              .formatted(url, found, expected, VERSION));
    }
  }

  private static String digest(Path file) throws IOException {
    try (var in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private static void unpack(Path zip, Path to) throws IOException {
    try (var archive = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        var name = entry.getName();
        // Entries begin with the module's name and version: golang.org/toolchain@.../bin/go.
        var file = to.resolve(name.substring(name.indexOf('/', name.indexOf('@')) + 1)).normalize();
        if (!entry.isDirectory() && file.startsWith(to)) {
          copy(archive, entry, file);
          markExecutable(to, file);
        }
      }
    }
  }

  private static void copy(ZipFile archive, ZipEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = archive.getInputStream(entry)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void markExecutable(Path root, Path file) throws IOException {
    var inside = root.relativize(file);
    if (inside.startsWith("bin") || inside.startsWith("pkg/tool")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
