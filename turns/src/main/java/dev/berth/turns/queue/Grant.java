package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.List;

/**
 * What the queue wants done: give the turn its devices, after ending the workers that must go.
 *
 * @param devices one, or the pair in order
 * @param warm a worker of the Space is on them already: nothing to load
 * @param reclaimed workers whose weights no longer fit beside the turn's
 */
public record Grant(Turn turn, List<Integer> devices, boolean warm, List<Worker> reclaimed) {
  public record Worker(int device, String space) {}
}
