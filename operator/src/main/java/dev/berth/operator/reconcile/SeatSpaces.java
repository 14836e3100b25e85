package dev.berth.operator.reconcile;

import dev.berth.api.zerogpu.Hosting.HostedSpace;
import dev.berth.crds.Space;
import dev.berth.operator.hosting.HostedSpaces;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.resolve.Catalog;
import dev.berth.operator.resolve.Resolver;
import dev.berth.operator.workload.Workloads;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Spaces that want a seat, from the caches. */
final class SeatSpaces implements HostedSpaces {
  private final Function<String, Stream<Space>> spaces;
  private final Catalog catalog;
  private final PlacementBook book;

  SeatSpaces(Function<String, Stream<Space>> spaces, Catalog catalog, PlacementBook book) {
    this.spaces = spaces;
    this.catalog = catalog;
    this.book = book;
  }

  @Override
  public List<HostedSpace> of(String namespace) {
    Set<String> seats =
        catalog.all().stream()
            .filter(entry -> Resolver.isSeat(entry.spec()))
            .map(Catalog.Entry::name)
            .collect(Collectors.toSet());
    return spaces
        .apply(namespace)
        .filter(space -> !space.isMarkedForDeletion() && wantsOne(space, seats))
        .map(space -> hosted(space, seats))
        .toList();
  }

  private static boolean wantsOne(Space space, Set<String> seats) {
    return seats.contains(space.getSpec().flavor())
        || (space.getSpec().scheduling() != null
            && space.getSpec().scheduling().fallbacks().stream().anyMatch(seats::contains));
  }

  private HostedSpace hosted(Space space, Set<String> seats) {
    Instant created = Instant.parse(space.getMetadata().getCreationTimestamp());
    boolean admitted =
        book.of(Workloads.of(space, false).identity().key()).stream()
            .anyMatch(p -> seats.contains(p.flavor()) && stands(p.state()));
    return new HostedSpace(
        space.getMetadata().getName(),
        TimeUnit.SECONDS.toNanos(created.getEpochSecond()),
        admitted);
  }

  private static boolean stands(PlacementState state) {
    return switch (state) {
      case PlacementState.Waiting _, PlacementState.Placed _, PlacementState.Unconfirmed _ -> true;
      case PlacementState.Releasing _, PlacementState.Rejected _ -> false;
    };
  }
}
