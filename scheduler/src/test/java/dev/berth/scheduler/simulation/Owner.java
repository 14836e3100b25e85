package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants one placement: asks until it is answered, runs pods on what it got, and some time
 * later gives it back until it is told that it is gone.
 */
final class Owner {
  private static final long PATIENCE = 2 * Agenda.SECOND;

  private final World world;
  private final Request request;

  /** One a member, the present one. */
  private final List<Pod> pods = new ArrayList<>();

  private @Nullable Placement held;
  private boolean releasing;
  private boolean done;
  private int call;

  Owner(World world, Request request) {
    this.world = world;
    this.request = request;
  }

  Request request() {
    return request;
  }

  boolean releasing() {
    return releasing;
  }

  boolean done() {
    return done;
  }

  /** All its pods run, as long as it has not given them back. */
  boolean runs() {
    return releasing || pods.stream().allMatch(Pod::settled);
  }

  void place() {
    if (!releasing && !done && held == null) {
      int mine = ++call;
      ask(new Event.Place(request), effects -> placed(mine, effects));
      after(PATIENCE, mine, this::place);
    }
  }

  /** Asks again for what it has, as a controller does that looks at everything now and then. */
  void repeat() {
    if (releasing) {
      ask(new Event.Release(request.id()), effects -> {});
    } else if (!done) {
      int mine = call;
      ask(new Event.Place(request), effects -> placed(mine, effects));
    }
  }

  private void after(long delay, int sameCall, Runnable action) {
    String what = request.id() + " waits no longer";
    world
        .agenda()
        .after(
            delay,
            what,
            () -> {
              if (sameCall == call && !done) {
                action.run();
              }
            });
  }

  private void ask(Event event, Rpc.Reply reply) {
    Rpc.call(world, event, request.id(), reply);
  }

  private void placed(int sameCall, List<Effect> effects) {
    Effect.PlaceAnswered answer = Rpc.find(effects, Effect.PlaceAnswered.class);
    if (releasing || done) {
      return;
    }
    if (answer == null) {
      soon(sameCall, this::place);
      return;
    }
    switch (answer.outcome()) {
      case Outcome.Placed(Placement placement) -> hold(placement);
      case Outcome.Waiting waiting -> world.tally().count(Tally.Kind.WAITED);
      case Outcome.Rejected rejected -> done = true;
    }
  }

  /** Another leader may know better already. */
  private void soon(int sameCall, Runnable action) {
    after(world.agenda().between(Agenda.SECOND / 10, Agenda.SECOND / 2), sameCall, action);
  }

  private void hold(Placement placement) {
    if (held != null) {
      Checks.require(
          held.leases().equals(placement.leases()), "placed twice: %s and %s", held, placement);
    } else if (placement instanceof Placement.Placed placed) {
      held = placed;
      world
          .tally()
          .count(placed.leases().size() > 1 ? Tally.Kind.GANGS_PLACED : Tally.Kind.SINGLES_PLACED);
      placed.leases().forEach(lease -> pods.add(run(lease, placed.epoch(), "a")));
    }
  }

  private Pod run(Lease lease, long epoch, String generation) {
    Pod pod =
        new Pod(world, world.agent(lease.node()), lease, epoch, lease.id() + "/" + generation);
    pod.start();
    return pod;
  }

  /** A pod is replaced by another with its own claim. */
  void restartPod() {
    if (held instanceof Placement.Placed placed && !releasing) {
      int member = world.agenda().random().nextInt(placed.leases().size());
      pods.get(member).delete();
      Pod next = run(placed.leases().get(member), placed.epoch(), "r" + world.agenda().steps());
      pods.set(member, next);
    }
  }

  void release() {
    releasing = true;
    done = false;
    pods.forEach(Pod::delete);
    late();
    askRelease();
  }

  /** A controller that is behind creates a pod for what was just given back. */
  private void late() {
    if (held instanceof Placement.Placed placed && world.fault(30)) {
      Pod last = run(placed.leases().getFirst(), placed.epoch(), "late" + world.agenda().steps());
      long lives = world.agenda().between(Agenda.SECOND / 2, 4 * Agenda.SECOND);
      world.agenda().after(lives, request.id() + " deletes a late pod", last::delete);
    }
  }

  private void askRelease() {
    int mine = ++call;
    ask(new Event.Release(request.id()), effects -> released(mine, effects));
    after(PATIENCE, mine, this::askRelease);
  }

  private void released(int sameCall, List<Effect> effects) {
    Effect.ReleaseAnswered answer = Rpc.find(effects, Effect.ReleaseAnswered.class);
    if (answer != null && answer.gone()) {
      world.tally().count(Tally.Kind.RELEASED);
      done = true;
    } else if (answer == null) {
      soon(sameCall, this::askRelease);
    }
  }
}
