package dev.berth.agent.turns.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.dra.SeatEdits;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnPolicy;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.agent.turns.journal.FileTurnJournal;
import dev.berth.agent.turns.process.HostProcesses;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.turns.model.Device;
import dev.berth.turns.queue.QueuePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeatsIT {
  private static final TurnDevices NO_DEVICES =
      new TurnDevices() {
        @Override
        public List<Device> usable() {
          return List.of();
        }

        @Override
        public boolean isReady(List<Integer> devices) {
          return true;
        }

        @Override
        public void provide(List<Integer> devices) {}

        @Override
        public String uuid(List<Integer> devices) {
          return "";
        }
      };
  private static final Grant GRANT =
      new Grant("p#0", 1, "ann", "Space ann/painter", "zero-gpu", "1", List.of(), true);
  private static final PreparedClaim CLAIM = new PreparedClaim("uid-1", "ann", "c", List.of());

  @TempDir Path dir;
  private final AtomicInteger secrets = new AtomicInteger();

  private Seats seats() {
    TurnPolicy policy = new TurnPolicy(QueuePolicy.DEFAULT, 1, 1, 1, 1, 1, 1, 0);
    FileTurnJournal.Opened opened = FileTurnJournal.open(dir);
    TurnEngine engine =
        new TurnEngine(
            TurnsState.of(policy, opened.book()),
            opened.journal(),
            new HostProcesses(Path.of("/proc"), Duration.ZERO, HostProcesses.Scope.POD),
            NO_DEVICES,
            (_, _) -> {},
            Moments.system()::now,
            () -> "id");
    Seats seats =
        new Seats(
            dir.resolve("seats"),
            engine,
            () -> "secret" + secrets.incrementAndGet(),
            () -> List.of("/dev/nvidia0"));
    seats.servedAt("http://10.0.0.1:7080");
    return seats;
  }

  @Test
  void aSeatHasOneSecretForAsLongAsItLives() throws IOException {
    // When
    Seats seats = seats();
    SeatEdits edits = seats.open(GRANT, CLAIM, "pod-1").orElseThrow();
    // Then
    assertThat(edits.env())
        .isEqualTo(
            Map.of(
                "SPACES_ZERO_GPU", "true",
                "SPACES_ZERO_DEVICE_API_URL", "http://10.0.0.1:7080/secret1",
                "ZEROGPU_PROC_SELF_CGROUP_PATH", "/run/berth/cgroup"));
    assertThat(edits.deviceNodes()).containsExactly("/dev/nvidia0");
    Path cgroup = Objects.requireNonNull(edits.mounts().get("/run/berth/cgroup"));
    assertThat(Files.readString(cgroup)).isEqualTo("0::/berth/seat/p#0\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve("seats/uid-1.seat"))))
        .isEqualTo("rw-------");
    // Then: also for a second time, and for a restarted agent
    assertThat(seats.open(GRANT, CLAIM, "")).contains(edits);
    Seats after = seats();
    assertThat(after.open("secret1")).contains(new Seat("p#0", "uid-1", "ann/painter", "pod-1"));
    assertThat(after.open(GRANT, CLAIM, "")).contains(edits);
  }

  @Test
  void aSeatThatIsGivenBackHasNoAddressAnyMore() {
    Seats seats = seats();
    seats.open(GRANT, CLAIM, "pod-1");
    // When
    seats.close("uid-1");
    // Then
    assertThat(seats.open("secret1")).isEmpty();
    assertThat(seats().open("secret1")).isEmpty();
    assertThat(seats.open(GRANT, CLAIM, "pod-1").orElseThrow().env())
        .containsEntry("SPACES_ZERO_DEVICE_API_URL", "http://10.0.0.1:7080/secret2");
    seats.closeAllBut(Set.of("another"));
    assertThat(seats.open("secret2")).isEmpty();
  }
}
