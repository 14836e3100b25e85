package dev.berth.scheduler.core.preempt;

import dev.berth.scheduler.core.model.Policy;
import java.util.List;

/**
 * What taking placements back costs, compared from left to right: the highest priority among them,
 * their checkpoint costs in all, how many they are, how long they ran in all.
 */
public record VictimCost(int priority, long checkpointNanos, int victims, long ranNanos)
    implements Comparable<VictimCost> {
  /** Above any sensible cost, and small enough to be added up. */
  private static final long MOST = 1L << 50;

  public static VictimCost of(List<Victim> victims, long now) {
    int priority = Integer.MIN_VALUE;
    long checkpoints = 0;
    long ran = 0;
    for (Victim victim : victims) {
      Policy policy = victim.placed().request().policy();
      priority = Math.max(priority, policy.priority());
      checkpoints += Math.clamp(policy.checkpointNanos(), 0, MOST);
      ran += Math.clamp(now - victim.placed().placedNanos(), 0, MOST);
    }
    return new VictimCost(priority, checkpoints, victims.size(), ran);
  }

  @Override
  public int compareTo(VictimCost other) {
    int order = Integer.compare(priority, other.priority);
    order = order != 0 ? order : Long.compare(checkpointNanos, other.checkpointNanos);
    order = order != 0 ? order : Integer.compare(victims, other.victims);
    return order != 0 ? order : Long.compare(ranNanos, other.ranNanos);
  }
}
