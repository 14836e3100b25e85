package dev.berth.hub.gateway;

import dev.berth.api.process.HostPort;
import dev.berth.api.visitor.KeyRing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's configuration.
 *
 * @param http where browsers and API clients come in
 * @param domain hosts are {@code <namespace>-<name>.<domain>}
 * @param patience how long a request is held while its Space has no ready pod; default 5 s
 * @param kubeconfig to watch Services and endpoints; absent: in-cluster
 */
public record GatewayConfig(
    HostPort http,
    String domain,
    @Nullable Duration patience,
    @Nullable Path kubeconfig,
    Identity identity,
    HostPort management) {

  Duration patienceOrDefault() {
    return patience == null ? Duration.ofSeconds(5) : patience;
  }

  /**
   * How visitors are told apart.
   *
   * @param hub where access tokens are looked up
   * @param namespace of the Secret and the ConfigMap {@code berth-visitor-keys}
   * @param trustedProxies address ranges whose {@code X-Forwarded-For} is believed; default none
   * @param rotateEvery default one day
   * @param tokenLifetime default half an hour, since a call may wait in the Space's own queue
   */
  public record Identity(
      URI hub,
      String namespace,
      @Nullable List<String> trustedProxies,
      @Nullable Duration rotateEvery,
      @Nullable Duration tokenLifetime) {
    /** A verifier looks at the published keys far more often. */
    private static final Duration PUBLISH = Duration.ofMinutes(5);

    List<String> trustedProxiesOrNone() {
      return trustedProxies == null ? List.of() : trustedProxies;
    }

    KeyRing.Rhythm rhythm() {
      return new KeyRing.Rhythm(
          rotateEvery == null ? Duration.ofDays(1) : rotateEvery,
          PUBLISH,
          tokenLifetime == null ? Duration.ofMinutes(30) : tokenLifetime);
    }
  }
}
