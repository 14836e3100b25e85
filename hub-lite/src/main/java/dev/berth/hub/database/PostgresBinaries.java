package dev.berth.hub.database;

import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once from the archive on the class path. */
record PostgresBinaries(Path home) {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /** Unpacks into {@code home} unless that is there; a half-done attempt leaves nothing behind. */
  static PostgresBinaries unpack(Path home) {
    if (!Files.isDirectory(home)) {
      try (InputStream archive = archive()) {
        Path partial = home.resolveSibling(home.getFileName() + ".partial");
        Directories.delete(partial);
        unpack(archive, partial);
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new ConfigException(
            "Cannot unpack PostgreSQL into " + home + ": " + e.getMessage(), e);
      }
    }
    return new PostgresBinaries(home);
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static InputStream archive() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null || !machine.equals("Linux amd64")) {
      throw new ConfigException(
          "No embedded PostgreSQL for "
              + machine
              + "; expected Linux amd64. Configure postgres.external instead");
    }
    return archive;
  }

  private static void unpack(InputStream compressed, Path into) throws IOException {
    Files.createDirectories(into);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, entry.resolveIn(into));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
