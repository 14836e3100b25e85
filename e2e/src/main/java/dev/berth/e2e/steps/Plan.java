package dev.berth.e2e.steps;

import dev.berth.e2e.FleetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs steps side by side, each as soon as the steps it needs are done. */
public final class Plan {
  private final Progress progress;

  public Plan(Progress progress) {
    this.progress = progress;
  }

  /** Runs all; after a failure nothing new begins, and the failure is thrown. */
  public void run(List<Step> steps) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new LinkedHashMap<String, CompletableFuture<Void>>();
      steps.forEach(step -> running.put(step.name(), begin(step, running, executor)));
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CompletableFuture<Void> begin(
      Step step, Map<String, CompletableFuture<Void>> earlier, ExecutorService executor) {
    var needed =
        step.after().stream()
            .map(name -> earlierStep(step, name, earlier))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(needed)
        .thenRunAsync(() -> progress.track(step.name(), step.action()), executor);
  }

  private static CompletableFuture<Void> earlierStep(
      Step step, String name, Map<String, CompletableFuture<Void>> earlier) {
    var found = earlier.get(name);
    if (found == null) {
      throw new FleetException(
          "Step %s needs %s, which is not among the steps before it: %s"
              .formatted(step.name(), name, earlier.keySet()));
    }
    return found;
  }
}
