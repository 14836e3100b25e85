package dev.berth.agent.turns.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.process.Processes.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessesIT {
  private static final String POD = "1f2e3d4c-0000-4000-8000-0123456789ab";
  private static final String OTHER = "99999999-0000-4000-8000-0123456789ab";
  private static final Seat SEAT = new Seat("l", "c", "ann/a", POD);

  @TempDir Path proc;

  private HostProcesses processes() {
    return new HostProcesses(proc, Duration.ofMillis(200), HostProcesses.Scope.POD);
  }

  private void process(int host, String namespaces, String cgroup, char state) throws IOException {
    Path dir = Files.createDirectories(proc.resolve(Integer.toString(host)));
    Files.writeString(
        dir.resolve("stat"), host + " (a ) b) " + state + " 1 " + "0 ".repeat(17) + "777 0 0\n");
    Files.writeString(dir.resolve("status"), "Name:\tx\nNSpid:\t" + namespaces + "\nThreads:\t1\n");
    Files.writeString(dir.resolve("cgroup"), cgroup);
  }

  @Test
  void aPidOfTheContainerIsFoundByItsNamespaceWithinThePodAlone() throws IOException {
    // Given
    String systemd = POD.replace('-', '_');
    process(100, "100\t12", "0::/kubepods/burstable/pod" + OTHER + "/c1\n", 'S');
    process(200, "200\t12", "0::/kubepods.slice/kubepods-pod" + systemd + ".slice/x\n", 'S');
    process(300, "300\t13", "5:devices:/kubepods/pod" + POD + "/c2\n", 'S');
    process(400, "400\t14", "0::/kubepods/pod" + POD + "/c2\n", 'Z');
    Files.createDirectories(proc.resolve("sys"));
    process(500, "500\t15", "0::/\n", 'S');
    process(600, "600\t15", "0::/\n", 'S');
    Files.writeString(
        proc.resolve("600/mountinfo"),
        "9 8 0:1 /turns/seats/c.cgroup /run/berth/cgroup ro - ext4 /dev/x rw\n");
    // Then
    assertThat(processes().find(SEAT, 12)).isEqualTo(new Found.Known(new ProcessId(200, 777)));
    assertThat(processes().find(SEAT, 13)).isEqualTo(new Found.Known(new ProcessId(300, 777)));
    assertThat(processes().find(SEAT, 15)).isEqualTo(new Found.Known(new ProcessId(600, 777)));
    assertThat(processes().find(new Seat("l", "d", "ann/a", ""), 15))
        .isInstanceOf(Found.Refused.class);
    assertThat(processes().find(SEAT, 14)).isInstanceOf(Found.Refused.class);
    assertThat(processes().find(SEAT, 100)).isInstanceOf(Found.Refused.class);
  }

  @Test
  void theFirstProcessOfAContainerIsNeverAWorker() throws IOException {
    process(200, "200\t1", "0::/kubepods/pod" + POD + "/c1\n", 'S');
    assertThat(processes().find(SEAT, 1))
        .isInstanceOfSatisfying(
            Found.Refused.class, r -> assertThat(r.message()).contains("first of its container"));
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherProcess() throws IOException {
    process(200, "200\t12", "0::/kubepods/pod" + POD + "/c1\n", 'S');
    assertThat(processes().isAlive(new ProcessId(200, 777))).isTrue();
    assertThat(processes().isAlive(new ProcessId(200, 778))).isFalse();
    assertThat(processes().isAlive(new ProcessId(201, 777))).isFalse();
  }

  @Test
  void whatDoesNotGoIsMadeToGo() throws IOException {
    // Given
    HostProcesses real =
        new HostProcesses(Path.of("/proc"), Duration.ofMillis(200), HostProcesses.Scope.HOST);
    Process deaf =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
            .start();
    deaf.inputReader().readLine();
    Seat here = new Seat("l", "c", "ann/a", "");
    ProcessId id = ((Found.Known) real.find(here, (int) deaf.pid())).process();
    // When
    real.end(List.of(id));
    // Then
    assertThat(real.isAlive(id)).isFalse();
  }
}
