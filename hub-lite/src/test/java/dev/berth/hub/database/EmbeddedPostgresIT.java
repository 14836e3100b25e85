package dev.berth.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.process.ConfigException;
import dev.berth.hub.support.FreePort;
import dev.berth.hub.support.TestDirectory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
  private final Path directory = TestDirectory.withPrograms("lifecycle");
  private final int port = FreePort.find();

  @Test
  void adoptsARunningServerRecoversAKilledOneAndKeepsItsData() throws Exception {
    // Given: a process that wrote something and was killed before it could close
    EmbeddedPostgres killed = start();
    TestDirectory.sharePrograms(directory);
    Jdbi.create(killed.dataSource())
        .useHandle(h -> h.execute("create table kept as select 42 as answer"));
    long firstPid = pid();

    // When
    EmbeddedPostgres adopting = start();

    // Then
    assertThat(pid()).isEqualTo(firstPid);
    assertThat(answer(adopting)).isEqualTo(42);

    // Given: now the server dies too and leaves its pid file behind
    ProcessHandle server = ProcessHandle.of(firstPid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);

    // When
    EmbeddedPostgres recovered = start();

    // Then
    assertThat(pid()).isNotEqualTo(firstPid);
    assertThat(answer(recovered)).isEqualTo(42);
    assertThat(setting(recovered, "fsync")).isEqualTo("on");

    // When
    recovered.close();

    // Then
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void aPidFileThatNamesAnotherProgramIsStale() throws Exception {
    // Given
    try (EmbeddedPostgres first = start()) {
      TestDirectory.sharePrograms(directory);
      assertThat(setting(first, "shared_buffers")).isEqualTo("32MB");
    }
    Files.writeString(
        directory.resolve("data/postmaster.pid"),
        "%d%n%s%n1%n%d%n"
            .formatted(ProcessHandle.current().pid(), directory.resolve("data"), port));

    // When, Then
    try (EmbeddedPostgres second = start()) {
      assertThat(setting(second, "port")).isEqualTo(Integer.toString(port));
    }
  }

  @Test
  void aPortThatIsTakenIsNamedInTheError() throws Exception {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(this::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("Could not start PostgreSQL")
          .hasMessageContaining(Integer.toString(port));
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory, port, new SecureRandom());
  }

  private long pid() throws Exception {
    return Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
  }

  private static int answer(EmbeddedPostgres postgres) {
    return Jdbi.create(postgres.dataSource())
        .withHandle(h -> h.createQuery("select answer from kept").mapTo(Integer.class).one());
  }

  private static String setting(EmbeddedPostgres postgres, String name) {
    return Jdbi.create(postgres.dataSource())
        .withHandle(
            h ->
                h.createQuery("select current_setting(:name)")
                    .bind("name", name)
                    .mapTo(String.class)
                    .one());
  }
}
