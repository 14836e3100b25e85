package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.List;

/** A scheduler with its state, stepped by tests that read like stories. */
public final class Fleet {
  private static final long SECOND = 1_000_000_000L;
  public final Scheduler scheduler = new Scheduler(10 * SECOND);
  public State state = State.empty(7);
  public List<Effect> effects = List.of();
  public long now = SECOND;

  public Fleet with(String node, Inventory inventory) {
    step(new Event.NodeRegistered(node, inventory));
    step(new Event.Heartbeat(node, List.of()));
    return this;
  }

  public List<Effect> step(Event event) {
    Decision decision = scheduler.step(state, event, now++);
    state = decision.state();
    effects = decision.effects();
    return effects;
  }

  public Outcome place(String id, Accelerator... members) {
    return place(
        id, java.util.Arrays.stream(members).map(a -> new Shape(1_000, 1_024, a)).toList());
  }

  public Outcome place(String id, List<Shape> shapes) {
    return place(new Request(id, shapes, "acme", "Space acme/" + id, "f", "v1"));
  }

  public Outcome place(Request request) {
    step(new Event.Place(request));
    return effects.stream()
        .filter(Effect.PlaceAnswered.class::isInstance)
        .map(e -> ((Effect.PlaceAnswered) e).outcome())
        .findFirst()
        .orElseThrow();
  }

  public Outcome gang(String id, int members, Accelerator each) {
    return place(id, Collections.nCopies(members, new Shape(1_000, 1_024, each)));
  }

  /** Releases and lets the agents drain. */
  public void free(String id) {
    step(new Event.Release(id));
    drain(id);
  }

  public void drain(String id) {
    if (state.placements().get(id) instanceof Placement.Releasing releasing) {
      for (Lease lease : releasing.leases()) {
        step(new Event.LeaseGone(lease.node(), lease.id()));
      }
    }
  }

  public List<String> devices(String id) {
    return placement(id).leases().stream()
        .flatMap(l -> l.devices().stream().map(d -> l.node() + "/" + d.name()))
        .toList();
  }

  /** 1 = next. */
  public int position(String id) {
    return placement(id) instanceof Placement.Waiting waiting
        ? scheduler.positions(now).position(state, waiting)
        : 0;
  }

  public Placement placement(String id) {
    Placement placement = state.placements().get(id);
    if (placement == null) {
      throw new AssertionError("No placement " + id);
    }
    return placement;
  }
}
