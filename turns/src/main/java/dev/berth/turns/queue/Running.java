package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.List;

/**
 * @param chargedNanos to the flow when it was chosen; corrected at its end
 * @param since unix nanoseconds of the grant, or of the choice while {@code granted} is false
 * @param granted false while one half of its pair is still busy
 */
record Running(Turn turn, List<Integer> devices, long chargedNanos, long since, boolean granted) {
  Running granted(long now) {
    return new Running(turn, devices, chargedNanos, now, true);
  }
}
