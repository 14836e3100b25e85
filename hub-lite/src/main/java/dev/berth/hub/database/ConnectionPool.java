package dev.berth.hub.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A small pool of connections. */
final class ConnectionPool {
  private static final int SIZE_MAX = 8;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private static final Duration START_MAX = Duration.ofSeconds(60);

  private ConnectionPool() {}

  static HikariDataSource open(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("berth");
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(SIZE_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MAX.toMillis());
    // An adopted server may still be in recovery.
    config.setInitializationFailTimeout(START_MAX.toMillis());
    config.addDataSourceProperty("ApplicationName", "berth-hub");
    return new HikariDataSource(config);
  }
}
