package dev.berth.e2e.bench.engine;

import java.util.function.Consumer;

/** How many decisions a second one thread makes on one cluster, ranking every place. */
record EngineFigure(Trace trace, int rounds) implements Figure {
  @Override
  public void measure(Consumer<Row> told) {
    Rounds measured = new Rounds(new Stream(trace), rounds);
    String what =
        "engine, %,d nodes, %,d tasks".formatted(trace.nodes().size(), trace.tasks().size());
    String target = ">= 150,000/s, p99 <= 50 us";
    told.accept(new Row(what + ", best round", target, measured.best().toString()));
    told.accept(new Row(what + ", median round", target, measured.median().toString()));
    told.accept(
        new Row(what + ", each decision at its best", target, measured.undisturbed().toString()));
    told.accept(new Row(what + ", first round", "-", measured.first().toString()));
  }
}
