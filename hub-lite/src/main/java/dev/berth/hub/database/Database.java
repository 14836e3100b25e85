package dev.berth.hub.database;

import javax.sql.DataSource;

/** A PostgreSQL database with its connections; closing it also ends a server that it started. */
public interface Database extends AutoCloseable {
  DataSource dataSource();

  @Override
  void close();
}
