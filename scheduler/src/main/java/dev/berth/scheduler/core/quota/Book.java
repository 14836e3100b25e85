package dev.berth.scheduler.core.quota;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The quotas and what follows from the placements about them. {@code preemptible} are placements in
 * the order in which they are given up, {@code nominees} those with a nomination and {@code
 * leaving} those being taken back by id; {@code spared} says when each owner last lost a placement
 * (unix nanoseconds); {@code queued} are the waiting placements without a nomination, line by line.
 */
public record Book(
    QuotaTree tree,
    Usage usage,
    OrderedMap<QuotaKey, Past> history,
    OrderedMap<VictimKey, Placement.Placed> preemptible,
    OrderedMap<String, Placement.Waiting> nominees,
    OrderedMap<String, Charge> leaving,
    OrderedMap<String, Long> spared,
    OrderedMap<Line.Place, Placement.Waiting> queued) {
  public static final Book EMPTY =
      new Book(
          QuotaTree.NONE,
          Usage.NOTHING,
          OrderedMap.empty(),
          OrderedMap.empty(),
          OrderedMap.empty(),
          OrderedMap.empty(),
          OrderedMap.empty(),
          OrderedMap.empty());

  /** One placement was {@code before} and is {@code after}; null when it was not or is not. */
  public Book replace(@Nullable Placement before, @Nullable Placement after) {
    Book without = before == null ? this : without(before);
    return after == null ? without : without.with(after);
  }

  private Book with(Placement placement) {
    String id = placement.id();
    return new Book(
        tree,
        counts(placement) ? usage.plus(tree, Charge.of(placement.request())) : usage,
        history,
        placement instanceof Placement.Placed placed && placed.request().policy().preemptible()
            ? preemptible.with(VictimKey.of(placed), placed)
            : preemptible,
        placement instanceof Placement.Waiting waiting && waiting.nomination() != null
            ? nominees.with(id, waiting)
            : nominees,
        placement instanceof Placement.Releasing releasing && releasing.eviction() != null
            ? leaving.with(id, Charge.of(releasing.request()))
            : leaving,
        spared,
        placement instanceof Placement.Waiting waiting && waiting.nomination() == null
            ? queued.with(Line.Place.of(tree, waiting), waiting)
            : queued);
  }

  private Book without(Placement placement) {
    return new Book(
        tree,
        counts(placement) ? usage.minus(tree, Charge.of(placement.request())) : usage,
        history,
        placement instanceof Placement.Placed placed
            ? preemptible.without(VictimKey.of(placed))
            : preemptible,
        nominees.without(placement.id()),
        leaving.without(placement.id()),
        spared,
        placement instanceof Placement.Waiting
            ? queued.without(Line.Place.of(tree, placement))
            : queued);
  }

  /** Without quotas nobody asks, so nothing is counted. */
  private boolean counts(Placement placement) {
    return !tree.isEmpty() && Charge.charged(placement);
  }

  /** Under other quotas: the usage counted anew from all placements. */
  public Book under(Quotas quotas, Collection<Placement> placements) {
    QuotaTree now = QuotaTree.of(quotas);
    Usage counted = Usage.NOTHING;
    for (Placement placement : placements) {
      counted =
          !now.isEmpty() && Charge.charged(placement)
              ? counted.plus(now, Charge.of(placement.request()))
              : counted;
    }
    OrderedMap<Line.Place, Placement.Waiting> lined = OrderedMap.empty();
    for (Placement.Waiting waiting : queued.values()) {
      lined = lined.with(Line.Place.of(now, waiting), waiting);
    }
    return new Book(now, counted, history, preemptible, nominees, leaving, spared, lined);
  }

  public Book withHistory(OrderedMap<QuotaKey, Past> now) {
    return new Book(tree, usage, now, preemptible, nominees, leaving, spared, queued);
  }

  public Book withSpared(OrderedMap<String, Long> now) {
    return new Book(tree, usage, history, preemptible, nominees, leaving, now, queued);
  }

  /** The usage when every nominee but {@code id} had what is kept for it. */
  public Usage promised(String id) {
    Usage promised = usage;
    for (Placement.Waiting nominee : nominees.values()) {
      promised =
          nominee.id().equals(id) ? promised : promised.plus(tree, Charge.of(nominee.request()));
    }
    return promised;
  }

  /** The lines in which anybody waits; as many look-ups as there are lines. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Iterator<Map.Entry<Line.Place, Placement.Waiting>> rest = queued.entrySet().iterator();
    while (rest.hasNext()) {
      Line line = rest.next().getKey().line();
      lines.add(line);
      rest = queued.from(line.end());
    }
    return lines;
  }

  /** Who waits in a line, first come first. */
  Iterator<Placement.Waiting> waiting(Line line) {
    return new InLine(line, queued.from(line.front()));
  }
}
