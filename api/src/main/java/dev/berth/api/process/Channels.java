package dev.berth.api.process;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Channels to a service that runs on several addresses of which one serves at a time. The standard
 * gRPC health check picks it: a standby is NOT_SERVING, so calls go to the leader alone and move
 * with it.
 */
public final class Channels {
  private Channels() {}

  /** A channel to whichever of {@code addresses} ("host:port") reports {@code service} SERVING. */
  public static ManagedChannel toServing(
      List<String> addresses, String service, ChannelCredentials credentials) {
    List<HostPort> parsed = addresses.stream().map(HostPort::parse).toList();
    return Grpc.newChannelBuilder("fixed:///" + service, credentials)
        .nameResolverFactory(new FixedAddresses(parsed))
        .overrideAuthority("localhost")
        .defaultServiceConfig(
            Map.of(
                "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
                "healthCheckConfig", Map.of("serviceName", service)))
        .disableServiceConfigLookUp()
        .keepAliveTime(2, TimeUnit.SECONDS)
        .keepAliveTimeout(2, TimeUnit.SECONDS)
        .maxInboundMessageSize(64 << 20)
        .build();
  }
}
