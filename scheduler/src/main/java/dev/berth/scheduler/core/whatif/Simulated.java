package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.State;
import java.util.List;

/** What came of a plan. */
public sealed interface Simulated {
  /** One result for each step, and the state that it ends in. */
  record Done(List<StepResult> results, State after) implements Simulated {
    public Done {
      results = List.copyOf(results);
    }
  }

  /** The plan cannot be tried; {@code why} is one sentence. */
  record Refused(String why) implements Simulated {}
}
