package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.DrawAnswer.Standing;
import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Device;
import dev.berth.turns.queue.QueueState;
import dev.berth.turns.queue.Waiting;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of turns on this node; immutable. Only the book survives the agent: a call that
 * waits holds nothing, and its connection ends with the agent.
 *
 * @param devices that may be used, by index
 * @param recalled devices that were lent and go back, or went back, to their owner
 * @param pending calls without devices, by turn
 * @param standings of visitors, as last heard
 */
public record TurnsState(
    TurnPolicy policy,
    Book book,
    QueueState queue,
    OrderedMap<Integer, Device> devices,
    Set<Integer> recalled,
    OrderedMap<String, Pending> pending,
    OrderedMap<String, Standing> standings) {
  /**
   * A call without devices.
   *
   * @param since journal time at which it asked
   * @param drawId of the quota that it waits for; null while it is in the queue
   * @param drawName that its next draw may have
   */
  public record Pending(TurnRequest request, long since, @Nullable String drawId, String drawName) {
    /** Its next draws are others than those it had. */
    Pending renamed() {
      return new Pending(request, since, drawId, drawName + "r");
    }

    Pending waitsFor(@Nullable String draw) {
      return new Pending(request, since, draw, draw == null ? drawName : drawName + "x");
    }
  }

  public TurnsState {
    recalled = Set.copyOf(recalled);
  }

  /** Whether a recalled device is its owner's again: no turn has it and no process is on it. */
  public boolean returned(int device) {
    return recalled.contains(device)
        && book.turns().values().stream().noneMatch(t -> t.devices().contains(device))
        && book.workers().values().stream().noneMatch(w -> w.devices().contains(device));
  }

  public static TurnsState of(TurnPolicy policy, Book book) {
    return new TurnsState(
        policy,
        book,
        QueueState.empty(policy.queue()),
        OrderedMap.empty(),
        Set.of(),
        OrderedMap.empty(),
        OrderedMap.empty());
  }

  /** Why a call waits for a device; null if it does not. */
  public Waiting.@Nullable Cause waitsFor(String turn, long now) {
    Waiting waiting = Waiting.of(queue, turn, now);
    return waiting == null ? null : waiting.cause();
  }
}
