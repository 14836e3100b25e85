package dev.berth.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A PostgreSQL server that somebody else runs. */
public final class ExternalPostgres implements Database {
  private final HikariDataSource pool;

  /**
   * {@code passwordFile} holds the password and nothing else; surrounding white space is ignored.
   */
  public ExternalPostgres(String jdbcUrl, String user, Path passwordFile) {
    this.pool = ConnectionPool.open(jdbcUrl, user, password(passwordFile));
  }

  private static String password(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ConfigException(
          "postgres.external.passwordFile " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
