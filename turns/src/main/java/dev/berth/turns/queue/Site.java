package dev.berth.turns.queue;

import dev.berth.turns.model.Size;
import dev.berth.turns.model.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Devices on which a turn could go.
 *
 * @param freeAt unix nanoseconds at which all of them are expected to be free; 0 when they are
 */
record Site(List<Integer> devices, boolean warm, long freeAt, double reloads, long freeMib) {
  private static final Comparator<Site> BEST_FIRST =
      Comparator.comparingLong(Site::freeAt)
          .thenComparing(Site::warm, Comparator.reverseOrder())
          .thenComparingDouble(Site::reloads)
          .thenComparing(Site::freeMib, Comparator.reverseOrder())
          .thenComparingInt(s -> s.devices().getFirst());

  /** The best of the idle devices: warm, then where the fewest reloads follow, then with room. */
  static Optional<Site> best(QueueState state, Turn turn, List<DeviceState> idle, long now) {
    return idle.stream().flatMap(device -> of(state, turn, device, now).stream()).min(BEST_FIRST);
  }

  private static Optional<Site> of(QueueState state, Turn turn, DeviceState device, long now) {
    if (turn.size() == Size.LARGE) {
      return Optional.of(site(state, turn, List.of(device), 0, now));
    }
    DeviceState mate = state.devices().get(device.device().mate());
    if (mate == null || !mate.up() || mate.next() != null || !sameNode(device, mate)) {
      return Optional.empty();
    }
    List<DeviceState> pair =
        device.device().index() < mate.device().index()
            ? List.of(device, mate)
            : List.of(mate, device);
    return Optional.of(site(state, turn, pair, mateFreeAt(state, mate.turn(), now), now));
  }

  private static boolean sameNode(DeviceState one, DeviceState other) {
    return one.device().node() == other.device().node();
  }

  private static long mateFreeAt(QueueState state, @Nullable String turn, long now) {
    Running running = turn == null ? null : state.running().get(turn);
    return running == null
        ? 0
        : Math.max(now + 1, running.since() + state.expected(running.turn()));
  }

  private static Site site(
      QueueState state, Turn turn, List<DeviceState> devices, long freeAt, long now) {
    boolean warm = devices.stream().allMatch(d -> d.holds(turn.space()));
    double reloads = 0;
    for (DeviceState device : devices) {
      reloads +=
          warm
              ? Reloads.keptBeside(state, turn, device, now)
              : Reloads.causedBy(state, turn, device, now);
    }
    return new Site(
        devices.stream().map(d -> d.device().index()).toList(),
        warm,
        freeAt,
        reloads,
        devices.stream().mapToLong(DeviceState::freeMib).sum());
  }
}
