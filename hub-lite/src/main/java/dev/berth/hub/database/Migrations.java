package dev.berth.hub.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Brings the schema to the version of this program. */
public final class Migrations {
  private Migrations() {}

  /** Applies what is missing and returns access to the migrated database. */
  public static Jdbi migrate(DataSource dataSource) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
  }
}
