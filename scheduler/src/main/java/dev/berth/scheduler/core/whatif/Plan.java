package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries steps one after the other on a copy of the state, by the production decisions. */
public final class Plan {
  public static final int MAX_STEPS = 64;
  public static final int MAX_NODES = 1_000;
  private static final String NONE_ADDED = "adds no node; expected a count of 1 or more.";

  private final Sandbox sandbox;
  private final List<StepResult> results = new ArrayList<>();
  private final Map<String, Outcome> answers = new HashMap<>();

  private Plan(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** At most {@link #MAX_STEPS} steps that add at most {@link #MAX_NODES} nodes in all. */
  public static Simulated simulate(Scheduler scheduler, State state, List<Step> steps, long now) {
    String tooMuch = tooMuch(steps);
    if (tooMuch != null) {
      return new Simulated.Refused(tooMuch);
    }
    Plan plan = new Plan(new Sandbox(scheduler, state, now));
    for (int i = 0; i < steps.size(); i++) {
      String broken = plan.broken(steps.get(i));
      if (broken != null) {
        return new Simulated.Refused("Step " + (i + 1) + " " + broken);
      }
      plan.run(steps.get(i));
    }
    return new Simulated.Done(plan.results, plan.sandbox.state());
  }

  private static @Nullable String tooMuch(List<Step> steps) {
    long nodes = 0;
    for (Step step : steps) {
      nodes += Math.max(0, added(step));
    }
    return steps.size() > MAX_STEPS || nodes > MAX_NODES
        ? "A plan has at most %d steps and adds at most %d nodes, this one has %d and adds %d; split it."
            .formatted(MAX_STEPS, MAX_NODES, steps.size(), nodes)
        : null;
  }

  private static int added(Step step) {
    return switch (step) {
      case Step.AddLike like -> like.count();
      case Step.AddNodes nodes -> nodes.count();
      case Step.Submit s -> 0;
      case Step.Release r -> 0;
      case Step.Ready r -> 0;
      case Step.Drain d -> 0;
      case Step.Remove r -> 0;
      case Step.Health h -> 0;
      case Step.Quota q -> 0;
    };
  }

  private @Nullable String broken(Step step) {
    return switch (step) {
      case Step.AddLike like -> like.count() < 1 ? NONE_ADDED : unknownNode(like.node());
      case Step.Ready ready -> unknownNode(ready.node());
      case Step.Drain drain -> unknownNode(drain.node());
      case Step.Remove remove -> unknownNode(remove.node());
      case Step.Health health -> unknownNode(health.node());
      case Step.Release release ->
          sandbox.state().placements().containsKey(release.placementId())
              ? null
              : "names placement " + release.placementId() + ", which is unknown or released.";
      case Step.Quota quota -> quota.change().broken(sandbox.state().book().tree());
      case Step.Submit submit -> null;
      case Step.AddNodes nodes -> nodes.count() < 1 ? NONE_ADDED : null;
    };
  }

  private @Nullable String unknownNode(String node) {
    return sandbox.state().nodes().containsKey(node)
        ? null
        : "names node " + node + ", which is not known; List or Capacity tells the nodes.";
  }

  private void run(Step step) {
    Outcome answer = null;
    QuotaEffect effect = null;
    switch (step) {
      case Step.Submit submit -> answer = sandbox.place(submit.request());
      case Step.Release release -> sandbox.release(release.placementId());
      case Step.AddLike like ->
          sandbox.add(
              like.node() + "-copy-", node(like.node()).inventory().allHealthy(), like.count());
      case Step.AddNodes nodes -> sandbox.add("simulated-", nodes.inventory(), nodes.count());
      case Step.Ready ready -> sandbox.ready(ready.node());
      case Step.Drain drain -> displace(drain.node(), false);
      case Step.Remove remove -> displace(remove.node(), true);
      case Step.Health health ->
          sandbox.step(new Event.DeviceHealth(health.node(), health.device(), health.healthy()));
      case Step.Quota quota -> effect = QuotaEffect.of(sandbox, quota.change());
    }
    results.add(new StepResult(answer, shifts(), effect));
  }

  private Node node(String name) {
    Node node = sandbox.state().nodes().get(name);
    if (node == null) {
      throw new IllegalStateException("Node " + name + " was checked to be known");
    }
    return node;
  }

  /** Everything leaves the node before anything is asked again, oldest first. */
  private void displace(String name, boolean remove) {
    List<Request> again = new ArrayList<>();
    sandbox.step(new Event.NodeLost(name));
    for (Placement placement : on(name)) {
      if (placement instanceof Placement.Placed placed) {
        again.add(placed.request());
      }
      sandbox.release(placement.id());
    }
    if (remove) {
      sandbox.remove(name);
    }
    again.forEach(request -> answers.put(request.id(), sandbox.place(request)));
  }

  private List<Placement> on(String node) {
    return sandbox.state().placements().values().stream()
        .filter(p -> p.leases().stream().anyMatch(lease -> lease.node().equals(node)))
        .sorted(Comparator.comparing(State.QueueKey::of))
        .toList();
  }

  private List<Shift> shifts() {
    List<Shift> shifts = new ArrayList<>();
    sandbox
        .touched()
        .forEach(
            (id, before) ->
                shifts.add(
                    new Shift(
                        id,
                        before.orElse(null),
                        sandbox.state().placements().get(id),
                        answers.remove(id))));
    return shifts;
  }
}
