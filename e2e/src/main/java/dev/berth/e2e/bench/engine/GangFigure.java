package dev.berth.e2e.bench.engine;

import dev.berth.scheduler.core.State;
import java.util.function.Consumer;

/** A gang of 512 single cards, all or nothing. */
record GangFigure(int rounds) implements Figure {
  @Override
  public void measure(Consumer<Row> told) {
    State empty = Gangs.empty();
    Repeated asked =
        Repeated.of(rounds, () -> Gangs.answer(empty, Gangs.gang("bench/gang", 512, 1)));
    told.accept(new Row("gang of 512, 500 nodes", "<= 200 ms", asked.toString()));
  }
}
