package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer.Trial;
import dev.berth.scheduler.core.model.Placement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Since when each placement that runs by a fallback could have gone back: since an earlier choice
 * of it fits beside what it holds now, so that a move could reserve before it lets go. Not stored:
 * another leader starts to count anew. To move is up to the owner.
 */
public record Returns(OrderedMap<String, Long> sinceNanos) {
  public static final Returns NONE = new Returns(OrderedMap.empty());

  private record Question(Demand demand, int choice) {}

  /** As it is now; one for which nothing better fits any more starts anew. */
  public Returns seen(State state, long now) {
    Map<Question, Boolean> answers = new HashMap<>();
    OrderedMap<String, Long> since = OrderedMap.empty();
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Placed placed && placed.choice() > 0) {
        Question question = new Question(Demand.of(placed.request()), placed.choice());
        if (answers.computeIfAbsent(question, q -> better(state, placed))) {
          since = since.with(placed.id(), sinceNanos.getOrDefault(placed.id(), now));
        }
      }
    }
    return new Returns(since);
  }

  /** The placements that could have gone back for so long. */
  public Set<String> possible(long now, long patienceNanos) {
    Set<String> ids = new TreeSet<>();
    sinceNanos.forEach(
        (id, since) -> {
          if (now - since >= patienceNanos) {
            ids.add(id);
          }
        });
    return ids;
  }

  private static boolean better(State state, Placement.Placed placed) {
    for (int choice = 0; choice < placed.choice(); choice++) {
      if (GangPlacer.asked(state.nodes(), placed.request().chosen(choice))
          instanceof Trial.Complete) {
        return true;
      }
    }
    return false;
  }
}
