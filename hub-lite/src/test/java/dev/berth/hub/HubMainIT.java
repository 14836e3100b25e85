package dev.berth.hub;

import static dev.berth.hub.support.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.metering.v1.UsageReport;
import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.hub.gateway.GatewayMain;
import dev.berth.hub.support.FreePort;
import dev.berth.hub.support.Http;
import dev.berth.hub.support.JavaProcess;
import dev.berth.hub.support.KubernetesStub;
import dev.berth.hub.support.ReportClient;
import dev.berth.hub.support.TestAuthority;
import dev.berth.hub.support.TestDirectory;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real processes: started, fed over mutual TLS, killed with -9, started again, stopped. */
class HubMainIT {
  private static final String VISITOR_SECRET =
      "/api/v1/namespaces/default/secrets/berth-visitor-keys";
  private static final String VISITOR_KEYS =
      "/api/v1/namespaces/default/configmaps/berth-visitor-keys";
  private static final String ADMIN = "hf_" + "a".repeat(32);
  private final int http = FreePort.find();
  private final int metering = FreePort.find();
  private final int management = FreePort.find();
  private final Path postgres = TestDirectory.withPrograms("main");
  @TempDir private Path directory;

  @Test
  void aKilledHubLosesNothingAndBillsNothingTwice() throws Exception {
    // Given
    KubernetesStub cluster =
        new KubernetesStub()
            .list(
                "/apis/berth.dev/v1alpha1/flavors",
                "berth.dev/v1alpha1",
                "Flavor",
                """
                {"apiVersion":"berth.dev/v1alpha1","kind":"Flavor","metadata":{"name":"t4-small","resourceVersion":"1"},\
                "spec":{"catalogVersion":"2026-11","priceMicroUsdPerHour":400000}}""");
    TestAuthority authority = new TestAuthority(directory);
    Path config = config(cluster.kubeconfig(directory), authority.issue("hub"));
    Tls agent = authority.issue("node-agent");

    // When: reports come in and the hub dies
    JavaProcess killed =
        new JavaProcess(HubMain.class, config, directory.resolve("first.log"))
            .awaitReady(management);
    TestDirectory.sharePrograms(postgres);
    exchange(agent, 1, 1_800);
    await().atMost(Duration.ofSeconds(20)).until(() -> usage().contains("\"micro_usd\":200000"));
    killed.kill();

    // Then: the next one adopts the database and takes the repeated and the next report
    try (JavaProcess next =
        new JavaProcess(HubMain.class, config, directory.resolve("second.log"))
            .awaitReady(management)) {
      assertThat(next.output()).contains("Adopted the running PostgreSQL.");
      exchange(agent, 1, 1_800);
      exchange(agent, 2, 3_600);
      assertThat(usage())
          .contains("\"held_ns\":3600000000000,\"micro_usd\":400000,\"unrated_ns\":0");
      assertThat(Http.get(management, "/metrics").body())
          .contains(
              "berth_hub_reports_total{outcome=\"applied\"} 1.0",
              "berth_hub_reports_total{outcome=\"repeated\"} 1.0");
      System.out.println("hub resident MiB: " + next.residentMib());
    }
    assertThat(postgres.resolve("data/postmaster.pid")).doesNotExist();
    cluster.close();
  }

  @Test
  void theGatewayStartsAndAnswers() throws Exception {
    // Given
    KubernetesStub cluster =
        new KubernetesStub()
            .list("/api/v1/services", "v1", "Service", "")
            .list(
                "/apis/discovery.k8s.io/v1/endpointslices",
                "discovery.k8s.io/v1",
                "EndpointSlice",
                "")
            .object(VISITOR_SECRET, "Secret", "berth-visitor-keys")
            .object(VISITOR_KEYS, "ConfigMap", "berth-visitor-keys");
    Path config =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            http: {host: 127.0.0.1, port: %d}
            domain: localhost
            kubeconfig: %s
            identity: {hub: "http://127.0.0.1:1", namespace: default}
            management: {host: 127.0.0.1, port: %d}
            """
                .formatted(http, cluster.kubeconfig(directory), management));

    // When
    try (JavaProcess gateway =
        new JavaProcess(GatewayMain.class, config, directory.resolve("gateway.log"))
            .awaitReady(management)) {

      // Then
      assertThat(Http.get(http, "/").statusCode()).isEqualTo(404);
      assertThat(Http.get(management, "/metrics").body())
          .contains("berth_gateway_requests_total{code=\"4xx\"} 1.0");
      System.out.println("gateway resident MiB: " + gateway.residentMib());
    }
    cluster.close();
  }

  private void exchange(Tls agent, long seq, long heldSeconds) {
    ManagedChannel channel =
        Channels.toServing(
            List.of("127.0.0.1:" + metering), "berth.metering.v1.Metering", agent.client());
    UsageReport.Builder report = report("journal-1", seq, heldSeconds);
    assertThat(new ReportClient(channel).exchange(report).getAckedSeq()).isEqualTo(seq);
    channel.shutdownNow();
  }

  private String usage() {
    return Http.get(http, "/api/usage", "Authorization", "Bearer " + ADMIN).body();
  }

  private Path config(Path kubeconfig, Tls tls) throws Exception {
    Files.writeString(directory.resolve("admin-token"), ADMIN);
    return Files.writeString(
        directory.resolve("hub.yaml"),
        """
        http: {host: 127.0.0.1, port: %d}
        metering: {host: 127.0.0.1, port: %d}
        postgres: {embedded: {dir: %s, port: %d}}
        kubeconfig: %s
        adminTokenFile: %s
        tls: {ca: %s, cert: %s, key: %s}
        management: {host: 127.0.0.1, port: %d}
        """
            .formatted(
                http,
                metering,
                postgres,
                FreePort.find(),
                kubeconfig,
                directory.resolve("admin-token"),
                tls.ca(),
                tls.cert(),
                tls.key(),
                management));
  }
}
