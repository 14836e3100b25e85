package dev.berth.e2e.bench.engine;

import java.util.function.Consumer;

/** Something that is measured; it tells each row as soon as it is known. */
interface Figure {
  void measure(Consumer<Row> told);
}
