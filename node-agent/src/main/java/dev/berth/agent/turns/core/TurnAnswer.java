package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.Reserved;
import dev.berth.turns.queue.Waiting;
import java.util.List;

/** What a caller is told. */
public sealed interface TurnAnswer {
  /** {@code idle}: a worker of the task is there already. */
  record Granted(List<Integer> devices, boolean idle) implements TurnAnswer {}

  /** More will follow. */
  record Queued(Waiting.Cause cause) implements TurnAnswer {}

  /** It waited as long as one may. */
  record TimedOut() implements TurnAnswer {}

  /** It declares more device time than its tier may. */
  record TooLong(long askedNanos, long longestNanos) implements TurnAnswer {}

  record Refused(Reserved.Refused refusal) implements TurnAnswer {}

  /** Not now, and not for want of quota. */
  record Unavailable(String message) implements TurnAnswer {}
}
