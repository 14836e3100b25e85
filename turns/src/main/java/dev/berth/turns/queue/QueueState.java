package dev.berth.turns.queue;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Turn;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All the queue knows; immutable.
 *
 * @param virtualTime the highest smallest tag of the waiting flows seen so far; never falls
 * @param arrivals turns offered so far, which numbers them
 * @param waiting by turn
 * @param running by turn
 */
public record QueueState(
    QueuePolicy policy,
    long virtualTime,
    long arrivals,
    OrderedMap<String, Flow> flows,
    OrderedMap<String, Ticket> waiting,
    OrderedMap<String, Running> running,
    OrderedMap<Integer, DeviceState> devices,
    OrderedMap<String, SpaceStats> spaces) {
  /** A waiting turn and its number of arrival. */
  public record Ticket(long number, Turn turn, long since) {}

  private static final SpaceStats UNKNOWN = SpaceStats.at(new TreeSet<>());

  public static QueueState empty(QueuePolicy policy) {
    return new QueueState(
        policy,
        0,
        0,
        OrderedMap.empty(),
        OrderedMap.empty(),
        OrderedMap.empty(),
        OrderedMap.empty(),
        OrderedMap.empty());
  }

  public int waitingTurns() {
    return waiting.size();
  }

  public int runningTurns() {
    return running.size();
  }

  public boolean waits(String turn) {
    return waiting.containsKey(turn);
  }

  public boolean knows(String turn) {
    return waiting.containsKey(turn) || running.containsKey(turn);
  }

  /** How long turns of a Space ran. */
  public Runs runs(String space) {
    return stats(space).runs();
  }

  public SortedSet<Integer> nodesOf(String space) {
    return stats(space).nodes();
  }

  /** Virtual time of an account's flow; of an unknown one that at which it would begin. */
  public long tag(String account, int weight) {
    Flow flow = flows.get(account);
    return flow == null ? VirtualTime.resumeAt(this, weight) : flow.tag();
  }

  SpaceStats stats(String space) {
    return spaces.getOrDefault(space, UNKNOWN);
  }

  /** Expected device time of the turn alone, in nanoseconds, without loading. */
  long expected(Turn turn) {
    return stats(turn.space()).runs().expected(turn.declaredNanos());
  }

  boolean mayRun(Lane lane, int node) {
    return lane.node() == Turn.ANY_SEAT
        ? stats(lane.space()).nodes().contains(node)
        : lane.node() == node;
  }

  boolean atLimit(Flow flow) {
    int most = policy.maxRunningOfAccount();
    return most > 0 && flow.running() >= most;
  }

  boolean atLimit(SpaceStats space) {
    int most = policy.maxRunningOfSpace();
    return most > 0 && space.running() >= most;
  }

  @Nullable Flow flow(String account) {
    return flows.get(account);
  }
}
