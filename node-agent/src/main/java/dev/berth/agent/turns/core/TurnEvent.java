package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.turns.model.Device;
import java.util.List;
import java.util.Set;

/** What can happen to turns. Repeated events change nothing. */
public sealed interface TurnEvent {
  /** The agent started: what was under way is taken up or brought to an end. */
  record Started(String bootId) implements TurnEvent {}

  /**
   * The devices that may be used now; what runs on others goes on.
   *
   * @param recalled devices that were lent and that their owner wants: no turn begins there, even
   *     if they are among {@code usable}, and no worker stays when its turn is over
   */
  record DevicesSeen(List<Device> usable, Set<Integer> recalled) implements TurnEvent {
    public DevicesSeen(List<Device> usable) {
      this(usable, Set.of());
    }
  }

  record SeatOpened(Seat seat) implements TurnEvent {}

  /** The pod is gone: nothing of it may stay. */
  record SeatClosed(String lease) implements TurnEvent {}

  /** The app of the seat started: workers of its former life are orphans. */
  record AppStarted(String lease) implements TurnEvent {}

  /**
   * A call asks for a turn.
   *
   * @param sizeGiven whether the client said the size; else it is as the task asked before
   * @param drawId unique, for the quota that it may have to ask for
   */
  record Scheduled(TurnRequest request, boolean sizeGiven, String drawId) implements TurnEvent {}

  record Drawn(String drawId, DrawAnswer answer) implements TurnEvent {}

  /** What the keeper of the quota says that holds for everybody. */
  record PolicyHeard(QuotaRules rules) implements TurnEvent {}

  /** Closings of these draws are durable at the keeper of the quota. */
  record Settled(List<String> drawIds) implements TurnEvent {}

  /** The devices of the turn are clear of other workers and ready. */
  record Provided(String turn) implements TurnEvent {}

  record NotProvided(String turn) implements TurnEvent {}

  /** A process of the turn's seat will use its devices. */
  record Allowed(String turn, ProcessId process) implements TurnEvent {}

  record Released(String turn, boolean failed) implements TurnEvent {}

  /** The caller went away before it got an answer. */
  record Cancelled(String turn) implements TurnEvent {}

  /** These processes are dead. */
  record Died(Set<ProcessId> processes) implements TurnEvent {}

  /** Time went on. */
  record Tick() implements TurnEvent {}
}
