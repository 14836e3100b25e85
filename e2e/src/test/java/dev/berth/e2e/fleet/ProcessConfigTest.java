package dev.berth.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.cluster.KubeconfigCluster;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.PodNetwork;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.steps.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessConfigTest {
  private final Home home = Home.at(Path.of("/b"));
  private final Settings settings =
      new Settings("berth-1a2b3c", "native", 17000, new PodNetwork("berth-1a2b3c", "10.200.7"));

  @Test
  void aSchedulerKnowsItsPeersStoreAndItsCertificate() {
    // Given
    var progress = new Progress(System.out, Clock.systemUTC());
    var programs = new ClusterPrograms(Path.of("/src"), Path.of("/cache"), progress);
    var config =
        new ProcessConfig(
            home,
            settings,
            new KubeconfigCluster(home, Optional.empty(), programs),
            Path.of("/b/d.yaml"));

    // When
    var yaml = config.scheduler(1);

    // Then
    assertThat(yaml)
        .isEqualTo(
            """
            id: "scheduler-1"
            listen:
              host: "127.0.0.1"
              port: 17012
            zookeeper:
              connect: "127.0.0.1:17010"
              root: "/berth"
              sessionTimeout: "PT2S"
            nodeTimeout: "PT10S"
            returnAfter: "PT5S"
            zeroGpu:
              quotas:
                tiers:
                  anonymous:
                    base: "PT30S"
              hub:
              - "127.0.0.1:17013"
            tls:
              ca: "/b/pki/berth/ca.crt"
              cert: "/b/pki/berth/scheduler-1.crt"
              key: "/b/pki/berth/scheduler-1.key"
            management:
              host: "127.0.0.1"
              port: 17017
            """);
  }

  @Test
  void settingsNameEveryPort() {
    assertThat(settings.render())
        .startsWith("id: berth-1a2b3c\ncluster: native\nport-base: 17000\npod-network: 10.200.7\n")
        .contains("port-gateway: 17000\n")
        .contains("port-scheduler-0-management: 17016\n");
  }
}
