package dev.berth.hub;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hub's configuration.
 *
 * @param http usage API and pages
 * @param metering gRPC Metering with mutual TLS
 * @param kubeconfig to watch Flavors (prices); absent: in-cluster
 * @param adminTokenFile the first administrator's token (hf_...)
 * @param clockSlack by how much held time may outrun a node's wall clock between two reports;
 *     default one second
 * @param schedulers "host:port" of each scheduler, of which the leader tells ZeroGPU quotas;
 *     absent: quotas are not told
 */
public record HubConfig(
    HostPort http,
    HostPort metering,
    Postgres postgres,
    @Nullable Path kubeconfig,
    Path adminTokenFile,
    @Nullable Duration clockSlack,
    @Nullable List<String> schedulers,
    Tls tls,
    HostPort management) {

  /** Either of the two. */
  public record Postgres(@Nullable Embedded embedded, @Nullable External external) {
    public Postgres {
      if ((embedded == null) == (external == null)) {
        throw new ConfigException("postgres needs exactly one of: embedded, external");
      }
    }
  }

  /** Our own server: data, programs, log and password are kept under {@code dir}. */
  public record Embedded(Path dir, int port) {}

  /** Somebody else's server; {@code url} is a JDBC URL. */
  public record External(String url, String user, Path passwordFile) {}

  Duration clockSlackOrDefault() {
    return clockSlack == null ? Duration.ofSeconds(1) : clockSlack;
  }
}
