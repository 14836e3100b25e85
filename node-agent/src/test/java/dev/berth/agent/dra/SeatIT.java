package dev.berth.agent.dra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.wire.dra.v1.Claim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim that is a seat, as the kubelet sees it. */
class SeatIT {
  @TempDir Path dir;
  private final List<String> events = new ArrayList<>();

  private final SeatDesk desk =
      new SeatDesk() {
        @Override
        public Optional<SeatEdits> open(Grant grant, PreparedClaim claim, String podUid) {
          events.add("open " + grant.leaseId() + " " + grant.owner() + " " + podUid);
          return Optional.of(
              new SeatEdits(
                  Map.of("SPACES_ZERO_GPU", "true"),
                  List.of("/dev/nvidia0"),
                  Map.of("/run/berth/cgroup", dir.resolve("file"))));
        }

        @Override
        public void close(String claimUid) {
          events.add("close " + claimUid);
        }

        @Override
        public void closeAllBut(Set<String> claimUids) {}
      };

  private static AllocatedClaim claim() {
    return new AllocatedClaim(
        "uid-c",
        List.of(new AllocatedClaim.Allocation("r", "n1", "cpu", "", 1000)),
        Map.of(
            "leaseId", "a#0",
            "epoch", "3",
            "account", "acme",
            "owner", "Space acme/a",
            "flavor", "zero-gpu",
            "catalogVersion", "1",
            "seat", "true"),
        "pod-7");
  }

  private static Claim ref() {
    return Claim.newBuilder().setNamespace("ns").setName("c").setUid("uid-c").build();
  }

  @Test
  void aSeatGetsTheDeviceApiInsteadOfADevice() throws IOException {
    try (PluginUnderTest plugin = new PluginUnderTest(dir, desk);
        FakeKubelet kubelet = new FakeKubelet(dir.resolve("kubelet"))) {
      plugin.claims.put("c", claim());
      // When
      assertThat(kubelet.prepare(ref()).getError()).isEmpty();
      assertThat(kubelet.prepare(ref()).getError()).isEmpty();
      // Then
      JsonNode edits =
          new ObjectMapper()
              .readTree(dir.resolve("cdi/berth.dev-claim_uid-c.json").toFile())
              .at("/devices/0/containerEdits");
      assertThat(edits.get("env").toString()).contains("SPACES_ZERO_GPU=true");
      assertThat(edits.at("/deviceNodes/0/path").asText()).isEqualTo("/dev/nvidia0");
      assertThat(edits.at("/mounts/0/containerPath").asText()).isEqualTo("/run/berth/cgroup");
      assertThat(edits.at("/mounts/0/options").toString()).contains("\"ro\"");
      assertThat(events).containsExactly("open a#0 Space acme/a pod-7");
      assertThat(plugin.ledger.now().lease("a#0").orElseThrow().grant().seat()).isTrue();
      // When
      kubelet.unprepare(ref());
      // Then
      assertThat(events).contains("close uid-c");
    }
  }

  @Test
  void aNodeThatSharesNothingTakesNoSeats() {
    try (PluginUnderTest plugin = new PluginUnderTest(dir);
        FakeKubelet kubelet = new FakeKubelet(dir.resolve("kubelet"))) {
      plugin.claims.put("c", claim());
      assertThat(kubelet.prepare(ref()).getError()).contains("zeroGpu");
      assertThat(plugin.ledger.now().prepared()).isEmpty();
    }
  }
}
