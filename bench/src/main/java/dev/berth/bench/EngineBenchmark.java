package dev.berth.bench;

import dev.berth.e2e.bench.engine.GeneratedTrace;
import dev.berth.e2e.bench.engine.Stream;
import dev.berth.e2e.bench.engine.Trace;
import dev.berth.scheduler.core.Decision;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision on one thread, ranking every place, with taking back what does not fit. {@code
 * trace} is "generated", or NODES.csv:ARRIVALS.csv:WORKLOAD.csv of the public trace.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx4g"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  @Param("generated")
  public String trace = "generated";

  @Param({"1", "10", "80"})
  public int copies = 1;

  private Stream stream = new Stream(GeneratedTrace.of(1));

  @Setup
  public void open() {
    stream = new Stream(read().onTimes(copies));
  }

  private Trace read() {
    String[] files = trace.split(":", -1);
    return files.length == 3
        ? Trace.read(Path.of(files[0]), Path.of(files[1]), Path.of(files[2]))
        : GeneratedTrace.of(1);
  }

  @Benchmark
  public Decision place() {
    Decision decision = stream.decide(stream.place());
    stream.settle(decision);
    return decision;
  }
}
