package dev.berth.turns.queue;

import dev.berth.turns.model.Device;
import dev.berth.turns.model.Size;
import dev.berth.turns.model.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Drives a queue in virtual time with random calls; everything follows from the seed. */
final class QueueWorld {
  static final long SECOND = 1_000_000_000L;
  static final int DEVICES_OF_NODE = 4;
  private static final long DEVICE_MIB = 70_000;
  private static final int SPACES = 9;

  private record Ending(long at, String turn, long ran) {}

  final Random random;
  final List<Grant> granted = new ArrayList<>();
  final Map<String, Long> served = new HashMap<>();
  final Set<String> offered = new HashSet<>();
  private final PriorityQueue<Ending> endings =
      new PriorityQueue<>(Comparator.comparingLong(Ending::at).thenComparing(Ending::turn));
  private final Map<String, Grant> running = new HashMap<>();
  private final Map<Integer, String> holders = new HashMap<>();
  QueueState queue;
  long now;

  QueueWorld(long seed, QueuePolicy policy, int nodes) {
    random = new Random(seed);
    queue = QueueState.empty(policy);
    TreeSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < nodes * DEVICES_OF_NODE; i++) {
      all.add(i / DEVICES_OF_NODE);
      step(new QueueEvent.DeviceUp(new Device(i, i / DEVICES_OF_NODE, DEVICE_MIB)));
    }
    for (int s = 0; s < SPACES; s++) {
      step(new QueueEvent.SeatsChanged("S" + s, all));
    }
  }

  Turn turn(String account, int weight, boolean xlarge) {
    int space = random.nextInt(SPACES);
    return new Turn(
        "t" + offered.size(),
        account,
        weight,
        "S" + space,
        xlarge ? Size.XLARGE : Size.LARGE,
        (1 + random.nextInt(30)) * SECOND,
        (1 + space % 3) * SECOND,
        4_000 + 6_000L * space,
        random.nextInt(1001),
        Turn.ANY_SEAT);
  }

  void offer(Turn turn) {
    offered.add(turn.id());
    step(new QueueEvent.Offer(turn));
  }

  void step(QueueEvent event) {
    FairQueue.Decision decision = FairQueue.step(queue, event, now);
    queue = decision.state();
    decision.grants().forEach(this::begin);
  }

  private void begin(Grant grant) {
    Turn turn = grant.turn();
    granted.add(grant);
    running.put(turn.id(), grant);
    for (int device : grant.devices()) {
      String holder = holders.put(device, turn.id());
      if (holder != null) {
        throw new AssertionError(
            "Device %d granted to %s while %s has it".formatted(device, turn.id(), holder));
      }
    }
    long ran = Math.max(1, (long) (turn.declaredNanos() * random.nextDouble()));
    long load = grant.warm() ? 0 : turn.loadNanos();
    endings.add(new Ending(now + load + ran, turn.id(), ran));
  }

  /** To the next end of a turn, or by {@code most}, whichever is first. */
  void advance(long most) {
    Ending next = endings.peek();
    long until = next == null ? now + most : Math.min(now + most, next.at());
    for (Grant grant : running.values()) {
      served.merge(grant.turn().account(), grant.turn().cost(until - now), Long::sum);
    }
    now = until;
    if (next != null && next.at() == until) {
      endings.remove();
      end(next.turn());
      step(new QueueEvent.Release(next.turn(), next.ran()));
    }
  }

  void cancel(String turn) {
    if (running.containsKey(turn)) {
      endings.removeIf(e -> e.turn().equals(turn));
      end(turn);
    }
    step(new QueueEvent.Cancel(turn));
  }

  private void end(String turn) {
    Grant grant = Objects.requireNonNull(running.remove(turn));
    grant.devices().forEach(holders::remove);
  }

  boolean over() {
    return endings.isEmpty();
  }

  Set<String> runningTurns() {
    return running.keySet();
  }

  boolean waits(String account) {
    Flow flow = queue.flow(account);
    return flow != null && flow.waits();
  }
}
