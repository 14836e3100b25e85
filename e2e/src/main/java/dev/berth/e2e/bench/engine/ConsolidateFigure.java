package dev.berth.e2e.bench.engine;

import dev.berth.scheduler.core.State;
import java.util.function.Consumer;

/** The plan that makes room for 41 x 8 cards, or frees 41 nodes. */
record ConsolidateFigure(int rounds) implements Figure {
  @Override
  public void measure(Consumer<Row> told) {
    State state = Gangs.scattered(Consolidation.GANGS);
    Repeated admit = Repeated.of(rounds, () -> Consolidation.moves(state, Consolidation.ADMIT));
    told.accept(new Row("consolidate 41 x 10 for 41 x 8, plan", "<= 1 s", admit.toString()));
    Repeated free = Repeated.of(rounds, () -> Consolidation.moves(state, Consolidation.FREE));
    told.accept(new Row("consolidate 41 x 10 to free 41 nodes, plan", "<= 1 s", free.toString()));
  }
}
