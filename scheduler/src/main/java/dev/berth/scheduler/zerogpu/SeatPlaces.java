package dev.berth.scheduler.zerogpu;

import dev.berth.turns.seats.SeatAdvice;
import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatView;
import dev.berth.turns.seats.SeatView.NodeView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a Space's next seat should lie: where it was advised, else beside none of its own. */
final class SeatPlaces {
  private static final int MOST = 16;

  private SeatPlaces() {}

  static List<String> of(SeatTerms.Advised known, String placement) {
    return SeatId.parse(placement).map(id -> of(known, id)).orElse(List.of());
  }

  private static List<String> of(SeatTerms.Advised known, SeatId id) {
    @Nullable SeatAdvice advice = known.advice().get(id.owner());
    if (advice == null) {
      return List.of();
    }
    if (advice.change() instanceof Change.Adding adding && adding.slot() == id.slot()) {
      return List.of(adding.node());
    }
    return advice.slots().size() > 1 ? apart(known.view(), id) : List.of();
  }

  private static List<String> apart(SeatView view, SeatId id) {
    Set<String> taken = nodesOf(view, id);
    return view.nodes().entrySet().stream()
        .filter(e -> e.getValue().heard() && !taken.contains(e.getKey()))
        .sorted(
            Map.Entry.<String, NodeView>comparingByValue(
                    Comparator.comparingLong(NodeView::waitNanos))
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Set<String> nodesOf(SeatView view, SeatId id) {
    SeatView.SpaceView space = view.spaces().get(id.owner());
    return space == null
        ? Set.of()
        : space.seats().stream()
            .filter(seat -> SeatId.parse(seat.placement()).filter(id::beside).isPresent())
            .map(SeatView.Seat::node)
            .collect(Collectors.toSet());
  }
}
