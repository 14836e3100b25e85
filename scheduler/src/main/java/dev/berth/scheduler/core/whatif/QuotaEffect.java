package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaChange;
import dev.berth.scheduler.core.quota.QuotaVerdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What another quota does, by placement ids: {@code placed} waited before, {@code preempted} were
 * placed before, {@code admitted} still wait but no longer for the quota.
 */
public record QuotaEffect(List<String> placed, List<String> preempted, List<String> admitted) {
  /** Rounds of taking back and draining at most. */
  private static final int MAX_ROUNDS = 64;

  public QuotaEffect {
    placed = List.copyOf(placed);
    preempted = List.copyOf(preempted);
    admitted = List.copyOf(admitted);
  }

  /** Publishes the changed tree; what is taken back for it is drained at once. */
  static QuotaEffect of(Sandbox sandbox, QuotaChange change) {
    State before = sandbox.state();
    sandbox.step(new Event.PublishQuotas(change.applied(before.book().tree())));
    Set<String> preempted = new TreeSet<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Set<String> leaving = new TreeSet<>(sandbox.state().book().leaving().keySet());
      leaving.removeAll(before.book().leaving().keySet());
      preempted.addAll(leaving);
      leaving.forEach(sandbox::drained);
      if (leaving.isEmpty()) {
        break;
      }
    }
    State after = sandbox.state();
    return new QuotaEffect(
        waiting(before, id -> after.placements().get(id) instanceof Placement.Placed),
        List.copyOf(preempted),
        waiting(before, id -> over(before, id) && waits(after, id) && !over(after, id)));
  }

  /** Of those that waited before. */
  private static List<String> waiting(State before, Predicate<String> which) {
    return before.queue().values().stream().filter(which).toList();
  }

  private static boolean waits(State state, String id) {
    return state.placements().get(id) instanceof Placement.Waiting;
  }

  private static boolean over(State state, String id) {
    Book book = state.book();
    return state.placements().get(id) instanceof Placement.Waiting waiting
        && QuotaVerdict.of(book.tree(), book.promised(id), Charge.of(waiting.request()))
            instanceof QuotaVerdict.OverQuota;
  }
}
