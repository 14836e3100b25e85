package dev.berth.e2e.scenario;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Calls a Space again and again and remembers each answer that was not 200. */
final class Visitor implements AutoCloseable {
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger visits = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stopped;

  Visitor(TestFleet fleet, String name) {
    thread = Thread.ofVirtual().start(() -> visitUntilStopped(fleet, name));
  }

  private void visitUntilStopped(TestFleet fleet, String name) {
    while (!stopped) {
      var answer = fleet.visitOnce(name);
      visits.incrementAndGet();
      if (answer.status() != 200) {
        failures.add(answer.status() + " " + answer.body());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  int visits() {
    return visits.get();
  }

  Queue<String> failures() {
    return failures;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
