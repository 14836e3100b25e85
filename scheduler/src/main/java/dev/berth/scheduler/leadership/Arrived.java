package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits to be decided, or a {@code task} that runs between decisions; {@code nanos}
 * is when it came ({@link System#nanoTime}).
 */
record Arrived(
    Event event, long nanos, CompletableFuture<List<Effect>> answer, @Nullable Runnable task) {

  static Arrived of(Event event) {
    return new Arrived(event, System.nanoTime(), new CompletableFuture<>(), null);
  }

  static Arrived of(Runnable task) {
    return new Arrived(new Event.Tick(), System.nanoTime(), new CompletableFuture<>(), task);
  }

  void refuse(String why) {
    answer.completeExceptionally(new NotLeaderException(why));
  }
}
