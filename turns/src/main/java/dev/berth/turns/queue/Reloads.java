package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.DeviceState.Resident;
import java.util.List;

/** What warm weights are worth: the loads that turns of the next minute would need without them. */
final class Reloads {
  private static final double MINUTE = 60e9;

  /** A turn that waits says more about the next minute than one that came some time ago. */
  private static final double WAITING_COUNTS = 3;

  private Reloads() {}

  /** Expected nanoseconds of reloads within a minute if {@code turn} loads here. */
  static double causedBy(QueueState state, Turn turn, DeviceState device, long now) {
    return worth(state, device.pushedOutBy(turn.space(), turn.memoryMibEach()), now);
  }

  /** The same if everything but the turn's own weights went. */
  static double keptBeside(QueueState state, Turn turn, DeviceState device, long now) {
    List<Resident> others =
        device.resident().stream().filter(r -> !r.space().equals(turn.space())).toList();
    return worth(state, others, now);
  }

  private static double worth(QueueState state, List<Resident> weights, long now) {
    double sum = 0;
    for (Resident each : weights) {
      SpaceStats space = state.stats(each.space());
      double calls = space.demand().rate(now, state.policy().demandHalfLifeNanos()) * MINUTE;
      double soon = calls + WAITING_COUNTS * space.waiting();
      sum += soon * space.loadNanos() / copies(state, each.space());
    }
    return sum;
  }

  private static long copies(QueueState state, String space) {
    return state.devices().values().stream().filter(d -> d.holds(space)).count();
  }
}
