package dev.berth.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import javax.sql.DataSource;

/** A PostgreSQL server of our own under one directory, which keeps its data between runs. */
public final class EmbeddedPostgres implements Database {
  private final PostgresServer server;
  private final HikariDataSource pool;

  /** Starts, or adopts the server that a killed process left behind. */
  public static EmbeddedPostgres start(Path directory, int port, SecureRandom random) {
    try {
      return open(Files.createDirectories(directory).toRealPath(), port, random);
    } catch (IOException e) {
      throw new ConfigException(
          "postgres.embedded.dir " + directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static EmbeddedPostgres open(Path directory, int port, SecureRandom random)
      throws IOException {
    PostgresBinaries binaries = PostgresBinaries.unpack(directory.resolve("postgresql-17"));
    PostgresServer server = new PostgresServer(binaries, directory, port);
    String password = password(server.passwordFile(), random);
    server.ensureRunning();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    return new EmbeddedPostgres(server, ConnectionPool.open(url, PostgresServer.USER, password));
  }

  private EmbeddedPostgres(PostgresServer server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
  }

  private static String password(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[24];
      random.nextBytes(bytes);
      Path partial = file.resolveSibling("password.partial");
      Files.deleteIfExists(partial);
      Files.createFile(
          partial,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(partial, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
    server.stop();
  }
}
