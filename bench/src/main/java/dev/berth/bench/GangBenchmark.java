package dev.berth.bench;

import dev.berth.e2e.bench.engine.Consolidation;
import dev.berth.e2e.bench.engine.Gangs;
import dev.berth.scheduler.core.State;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Warmup;

/** Gangs on 500 nodes of 8 cards: placed, refused with a proof, and given room by moves. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx1g"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class GangBenchmark {
  private final State empty = Gangs.empty();
  private final State full = Gangs.nearlyFull(9);
  private final State scattered = Gangs.scattered(Consolidation.GANGS);

  @Benchmark
  public String gangOf512() {
    return Gangs.answer(empty, Gangs.gang("bench/gang", 512, 1));
  }

  @Benchmark
  public String impossible10x8() {
    return Gangs.answer(full, Gangs.gang("bench/gang", 10, 8));
  }

  @Benchmark
  public String consolidate41x10() {
    return Consolidation.moves(scattered, Consolidation.ADMIT);
  }
}
