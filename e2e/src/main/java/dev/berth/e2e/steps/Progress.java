package dev.berth.e2e.steps;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Tells on a terminal or in a log what is being done, and how long each thing takes. */
public final class Progress implements AutoCloseable {
  private static final Duration REMINDER = Duration.ofSeconds(10);

  private final PrintStream out;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> running = new LinkedHashMap<>();
  private final Thread reminder = Thread.ofVirtual().unstarted(this::remind);

  public Progress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    reminder.start();
  }

  /** Runs {@code action} and prints one line when it is done. */
  public void track(String what, Runnable action) {
    long begin = clock.millis();
    change(() -> running.put(what, begin));
    try {
      action.run();
      say("  %-58s %6.1f s".formatted(what, (clock.millis() - begin) / 1000.0));
    } finally {
      change(() -> running.remove(what));
    }
  }

  /** Prints a line of its own. */
  public void say(String line) {
    change(() -> out.println(line));
  }

  private void remind() {
    try {
      while (true) {
        Thread.sleep(REMINDER);
        change(this::printRunning);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void printRunning() {
    var late =
        running.entrySet().stream()
            .filter(step -> clock.millis() - step.getValue() >= REMINDER.toMillis())
            .map(step -> step.getKey() + " " + (clock.millis() - step.getValue()) / 1000 + " s")
            .collect(Collectors.joining(", "));
    if (!late.isEmpty()) {
      out.println("  ... " + late);
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    reminder.interrupt();
  }
}
