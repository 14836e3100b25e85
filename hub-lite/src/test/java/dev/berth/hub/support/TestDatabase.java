package dev.berth.hub.support;

import dev.berth.hub.database.EmbeddedPostgres;
import dev.berth.hub.database.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** One embedded server for all tests of the JVM; each test has a migrated database of its own. */
public final class TestDatabase {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Path DIRECTORY = TestDirectory.withPrograms("shared");
  private static final int PORT = FreePort.find();
  private static final EmbeddedPostgres SERVER = start();

  private TestDatabase() {}

  private static EmbeddedPostgres start() {
    EmbeddedPostgres server = EmbeddedPostgres.start(DIRECTORY, PORT, new SecureRandom());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    TestDirectory.sharePrograms(DIRECTORY);
    return server;
  }

  public static Jdbi fresh() {
    String name = "it_" + NAMES.incrementAndGet();
    Jdbi.create(SERVER.dataSource()).useHandle(handle -> handle.execute("create database " + name));
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + PORT + "/" + name);
    source.setUser("berth");
    source.setPassword(password());
    return Migrations.migrate(source);
  }

  private static String password() {
    try {
      return Files.readString(DIRECTORY.resolve("password"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
