package dev.berth.e2e.bench.engine;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.Defrag;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.defrag.Goal;

/** Plans that move 41 gangs of ten that stand scattered. */
public final class Consolidation {
  public static final int GANGS = 41;
  public static final Goal ADMIT = new Goal.Admit(Gangs.gang("bench/big", GANGS, 8));
  public static final Goal FREE = new Goal.FreeNodes("H200-141", GANGS);

  private static final long SECOND = 1_000_000_000L;

  /** No limit to moves but that they pay. */
  private static final Budget ALL = new Budget(10_000, 1_000, SECOND, 0, 3_600 * SECOND, 1_000);

  private Consolidation() {}

  /** What came of the plan, for people. */
  public static String moves(State state, Goal goal) {
    return switch (Defrag.plan(state, goal, ALL, 2 * SECOND)) {
      case DefragPlan.Moves plan -> plan.moves().size() + " moves";
      case DefragPlan.NotWorth no -> no.toString();
      case DefragPlan.NotFound no -> no.toString();
      case DefragPlan.NotNeeded no -> no.toString();
    };
  }
}
