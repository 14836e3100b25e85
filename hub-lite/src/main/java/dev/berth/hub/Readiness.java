package dev.berth.hub;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Ready once everything has started and while the database answers. */
record Readiness(AtomicBoolean started, DataSource database) implements BooleanSupplier {
  private static final int ANSWER_SECONDS_MAX = 2;

  @Override
  public boolean getAsBoolean() {
    if (!started.get()) {
      return false;
    }
    try (Connection connection = database.getConnection()) {
      return connection.isValid(ANSWER_SECONDS_MAX);
    } catch (SQLException e) {
      return false;
    }
  }
}
