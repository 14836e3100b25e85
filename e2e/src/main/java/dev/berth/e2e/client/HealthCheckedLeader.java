package dev.berth.e2e.client;

import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.process.Pause;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells by the gRPC health check which of a fleet's schedulers leads. */
public final class HealthCheckedLeader implements Leader {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalFleet fleet;
  private final Map<String, String> addresses;
  private final Tls tls;

  /**
   * @param addresses "host:port" of each scheduler by its process name
   */
  public HealthCheckedLeader(LocalFleet fleet, Map<String, String> addresses, Tls tls) {
    this.fleet = fleet;
    this.addresses = addresses;
    this.tls = tls;
  }

  @Override
  public void kill() {
    fleet.kill9(await(ServingStatus.SERVING, "leads"));
  }

  @Override
  public void awaitStandby() {
    await(ServingStatus.NOT_SERVING, "stands by");
  }

  private Optional<String> named(ServingStatus wanted) {
    return addresses.entrySet().stream()
        .filter(scheduler -> status(scheduler.getValue()) == wanted)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private ServingStatus status(String address) {
    var at = HostPort.parse(address);
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(at.host(), at.port(), tls.client())
            .overrideAuthority("localhost")
            .build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(1, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } catch (StatusRuntimeException e) {
      return ServingStatus.UNKNOWN;
    } finally {
      channel.shutdownNow();
    }
  }

  private String await(ServingStatus wanted, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      var found = named(wanted);
      if (found.isPresent()) {
        return found.get();
      }
      Pause.briefly();
    }
    throw new FleetException("No scheduler " + what + " after " + PATIENCE.toSeconds() + " s");
  }
}
