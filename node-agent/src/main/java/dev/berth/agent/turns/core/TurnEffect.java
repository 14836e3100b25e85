package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.Draw;
import java.util.List;

/** What is to be done, in order. */
public sealed interface TurnEffect {
  /** Tell the caller. */
  record Answer(String turn, TurnAnswer answer) implements TurnEffect {}

  /** End these workers, make the devices ready, then say Provided. */
  record Provide(String turn, List<Integer> devices, List<ProcessId> ended) implements TurnEffect {}

  /** End these workers, then say that they died. */
  record Kill(List<ProcessId> processes) implements TurnEffect {}

  /** Ask for quota until there is an answer. */
  record Ask(Draw draw) implements TurnEffect {}
}
