package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.leadership.DecisionLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call to a scheduler: request and answer may be late, lost, or, the request, come twice. */
final class Rpc {
  /** Hears the effects of the decision; none when the call failed. */
  interface Reply {
    void heard(List<Effect> effects);
  }

  private Rpc() {}

  static void call(World world, Event event, String about, Reply reply) {
    SimulatedCandidate target = world.likelyLeader();
    String what = event.getClass().getSimpleName() + " " + about + " reaches " + target.name();
    if (!world.fault(4)) {
      world.agenda().after(world.delay(), what, () -> arrive(world, target, event, about, reply));
    }
    if (world.fault(6)) {
      long late = world.agenda().between(0, 2 * Agenda.SECOND);
      world
          .agenda()
          .after(late, what + " again", () -> arrive(world, target, event, about, effects -> {}));
    }
  }

  private static void arrive(
      World world, SimulatedCandidate target, Event event, String about, Reply reply) {
    int life = target.life();
    target.deliver(
        () -> {
          DecisionLoop loop = target.leading();
          if (loop == null) {
            answer(world, about, reply, List.of());
          } else {
            int since = world.store().version();
            var _ =
                loop.submit(event)
                    .whenComplete(
                        (effects, thrown) -> {
                          if (target.life() == life) {
                            if (thrown == null) {
                              world.checks().answered(event, effects, since);
                            }
                            answer(world, about, reply, thrown == null ? effects : List.of());
                          }
                        });
          }
        });
  }

  private static void answer(World world, String about, Reply reply, List<Effect> effects) {
    if (!world.fault(4)) {
      world.agenda().after(world.delay(), about + " is answered", () -> reply.heard(effects));
    }
  }

  static <E extends Effect> @Nullable E find(List<Effect> effects, Class<E> kind) {
    for (Effect effect : effects) {
      if (kind.isInstance(effect)) {
        return kind.cast(effect);
      }
    }
    return null;
  }
}
