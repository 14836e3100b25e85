package dev.berth.e2e.bench.engine;

import dev.berth.scheduler.core.State;
import java.util.function.Consumer;

/** The proof that ten times eight cards do not fit where nine nodes are free. */
record NeverFigure(int rounds) implements Figure {
  @Override
  public void measure(Consumer<Row> told) {
    State full = Gangs.nearlyFull(9);
    Repeated asked = Repeated.of(rounds, () -> Gangs.answer(full, Gangs.gang("bench/gang", 10, 8)));
    told.accept(
        new Row("\"no\" to 10 x 8, 500 nodes, 9 of them free", "<= 20 ms", asked.toString()));
  }
}
