package dev.berth.api.process;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Channels to a service that runs on several addresses of which one serves at a time. The standard
 * gRPC health check picks it: a standby is NOT_SERVING, so calls go to the leader alone and move
 * with it.
 *
 * <p>An address that is down is tried every {@value #RETRY_MILLIS} ms. The transport's own pause
 * grows to two minutes, and a standby that came back meanwhile would not be known when it has to
 * lead.
 */
public final class Channels {
  private static final long RETRY_MILLIS = 500;
  private static final ScheduledExecutorService RETRIES =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("channel-retries").daemon().factory());

  private Channels() {}

  /** A channel to whichever of {@code addresses} ("host:port") reports {@code service} SERVING. */
  public static ManagedChannel toServing(
      List<String> addresses, String service, ChannelCredentials credentials) {
    List<HostPort> parsed = addresses.stream().map(HostPort::parse).toList();
    ManagedChannel channel = channel(service, parsed, credentials);
    retry(channel);
    return channel;
  }

  private static void retry(ManagedChannel channel) {
    if (!channel.isShutdown()) {
      channel.resetConnectBackoff();
      var _ = RETRIES.schedule(() -> retry(channel), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static ManagedChannel channel(
      String service, List<HostPort> addresses, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder("fixed:///" + service, credentials)
        .nameResolverFactory(new FixedAddresses(addresses))
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
