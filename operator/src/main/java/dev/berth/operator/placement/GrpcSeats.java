package dev.berth.operator.placement;

import dev.berth.api.turns.v1.ListSeatsReply;
import dev.berth.api.turns.v1.ListSeatsRequest;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.SpaceSeats;
import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.workload.OwnerKey;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the leading scheduler now and then. While none answers, what was heard last holds: nothing
 * could be placed meanwhile.
 */
public final class GrpcSeats implements Seats, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcSeats.class);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final List<Integer> ONE = List.of(0);

  private final Channel channel;
  private final Consumer<OwnerKey> changed;
  private final OperatorMetrics metrics;
  private volatile @Nullable Map<String, List<Integer>> heard;

  /** {@code changed} hears of each owner whose seats are to change. */
  public GrpcSeats(Channel channel, Consumer<OwnerKey> changed, OperatorMetrics metrics) {
    this.channel = channel;
    this.changed = changed;
    this.metrics = metrics;
  }

  @Override
  public Optional<List<Integer>> of(OwnerKey owner) {
    Map<String, List<Integer>> known = heard;
    return known == null ? Optional.empty() : Optional.of(known.getOrDefault(owner.text(), ONE));
  }

  /** Asks once. */
  @Override
  public void run() {
    try {
      ListSeatsReply reply =
          LoadsGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              .listSeats(ListSeatsRequest.getDefaultInstance());
      metrics.schedulerCall("list_seats", "ok");
      put(reply);
    } catch (StatusRuntimeException e) {
      metrics.schedulerCall("list_seats", e.getStatus().getCode().name());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Advice on seats could not be taken; asking again.");
    }
  }

  private void put(ListSeatsReply reply) {
    Map<String, List<Integer>> now = new HashMap<>();
    for (SpaceSeats space : reply.getSpacesList()) {
      if (space.getSlotsCount() > 0) {
        now.put(space.getOwner(), space.getSlotsList().stream().sorted().toList());
      }
    }
    Map<String, List<Integer>> before = heard == null ? Map.of() : heard;
    heard = now;
    TreeSet<String> owners = new TreeSet<>(now.keySet());
    owners.addAll(before.keySet());
    owners.stream()
        .filter(owner -> !now.getOrDefault(owner, ONE).equals(before.getOrDefault(owner, ONE)))
        .flatMap(owner -> OwnerKey.parse(owner).stream())
        .forEach(changed);
  }
}
