package dev.berth.operator.plan;

import dev.berth.operator.placement.PlacementId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plan being made: its actions, the placements to keep, the next time to look. */
final class Draft {
  /** A pod that terminates longer than this is on a node that stopped answering. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Situation situation;
  private final List<Action> actions = new ArrayList<>();
  private final Set<PlacementId> kept = new HashSet<>();
  private Optional<Instant> wakeAt = Optional.empty();

  Draft(Situation situation) {
    this.situation = situation;
  }

  void add(Action action) {
    actions.add(action);
  }

  void keep(PlacementId id) {
    kept.add(id);
  }

  boolean keeps(PlacementId id) {
    return kept.contains(id);
  }

  boolean keeps(String id) {
    return kept.stream().anyMatch(k -> k.toString().equals(id));
  }

  void wake(Instant at) {
    wakeAt = Optional.of(wakeAt.filter(earlier -> earlier.isBefore(at)).orElse(at));
  }

  /** Whether {@code at} has come; if not, wakes then. */
  boolean due(Instant at) {
    if (at.isAfter(situation.now())) {
      wake(at);
      return false;
    }
    return true;
  }

  boolean lost(PodView pod) {
    pod.deletingSince().ifPresent(since -> due(since.plus(PATIENCE)));
    return pod.lostBy(situation.now(), PATIENCE);
  }

  Plan plan() {
    return new Plan(List.copyOf(actions), wakeAt);
  }
}
