package dev.berth.agent.turns.load;

import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.NodeLoad;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the leading scheduler about once a second. A report that is not taken is not repeated: the
 * next one says all.
 */
public final class LoadReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadReporter.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LoadsGrpc.LoadsBlockingStub stub;
  private final Supplier<NodeLoad> load;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("load").factory());
  private boolean told = true;

  private LoadReporter(Channel channel, Supplier<NodeLoad> load) {
    this.stub = LoadsGrpc.newBlockingStub(channel);
    this.load = load;
  }

  public static LoadReporter start(Channel channel, Supplier<NodeLoad> load) {
    LoadReporter reporter = new LoadReporter(channel, load);
    var _ =
        reporter.timer.scheduleWithFixedDelay(
            reporter::report, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return reporter;
  }

  private void report() {
    try {
      var _ = stub.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).report(load.get());
      told = true;
    } catch (StatusRuntimeException e) {
      complain(e);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The load of this node could not be put together.");
    }
  }

  /** Said once for each outage. */
  private void complain(StatusRuntimeException e) {
    if (told) {
      LOG.atWarn()
          .addKeyValue("why", e.getStatus())
          .log("No scheduler hears how busy the shared cards are; trying on.");
    }
    told = false;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
