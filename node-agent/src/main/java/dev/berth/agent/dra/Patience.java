package dev.berth.agent.dra;

import dev.berth.agent.dra.ClaimRules.ClaimRef;
import dev.berth.agent.dra.Preparer.Outcome;
import io.grpc.Context;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again while what stands in the way may go by itself: a device not yet unprepared, a grant on
 * its way, an API server that is away. A kubelet that is told "no" comes back only a minute later,
 * but its call may take 45 seconds.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long PAUSE_MILLIS = 200;
  private final Preparer preparer;
  private final Duration limit;

  Patience(Preparer preparer, Duration limit) {
    this.preparer = preparer;
    this.limit = limit;
  }

  /** The latest moment ({@code System.nanoTime}) for all claims of one call that begins now. */
  long deadline() {
    return System.nanoTime() + limit.toNanos();
  }

  Outcome prepare(ClaimRef ref, long deadline) {
    Outcome outcome = attempt(ref);
    if (outcome instanceof Outcome.Busy busy) {
      LOG.atInfo()
          .addKeyValue("claim", ref)
          .addKeyValue("why", busy.message())
          .log("A claim has to wait.");
    }
    while (outcome instanceof Outcome.Busy && System.nanoTime() < deadline && pause()) {
      outcome = attempt(ref);
    }
    return outcome;
  }

  private Outcome attempt(ClaimRef ref) {
    try {
      return preparer.prepare(ref);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("claim", ref).setCause(e).log("A claim could not be prepared.");
      return new Outcome.Busy("Node agent could not prepare claim " + ref + ": " + e);
    }
  }

  /** Answers false if nobody waits for the answer any more. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return !Context.current().isCancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
