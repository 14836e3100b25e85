package dev.berth.scheduler.core.pack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the cost of each shape on each group of equal nodes, and asks again only about groups
 * that are new. It finds what {@link Scan} finds, however the versions of the fleet come. For one
 * thread.
 */
public final class NodeIndex implements Choosing {
  /** Costs remembered in all, 12 bytes each. */
  private static final int MOST_COSTS = 48_000_000;

  private static final int FEW_CHANGES = 64;

  private final Ranking ranking;
  private final Roster roster;
  private final Groups groups;
  private final Map<Shape, Seen> shapes = new LinkedHashMap<>(64, 0.75f, true);

  /** One shape's tournament, as of a change of the groups. */
  private static final class Seen {
    final Demand demand;
    final Tournament tournament;
    long change;

    Seen(Demand demand, Tournament tournament, long change) {
      this.demand = demand;
      this.tournament = tournament;
      this.change = change;
    }
  }

  public NodeIndex(Ranking ranking) {
    this.ranking = ranking;
    this.roster = new Roster(ranking);
    this.groups = roster.groups();
  }

  @Override
  public @Nullable Choice best(OrderedMap<String, Node> nodes, Shape shape) {
    roster.follow(nodes);
    Seen seen = upToDate(shape);
    int slot = seen.tournament.best(groups);
    if (slot < 0) {
      return null;
    }
    int position = groups.first(slot);
    Node node = roster.node(position);
    Room room = Room.of(node, groups.kind(position));
    return ranking.fit(room, seen.demand) instanceof Fit.Fits fits
        ? new Choice(node, fits, position)
        : null;
  }

  @Override
  public Choosing inPart() {
    return new Scan(ranking);
  }

  private Seen upToDate(Shape shape) {
    Seen seen = shapes.get(shape);
    if (seen == null || outOfDate(seen)) {
      seen = all(shape);
      shapes.put(shape, seen);
      forgetOldest();
    } else if (seen.change < groups.changes()) {
      catchUp(seen);
    }
    return seen;
  }

  /** When there is no record of all that changed, or when looking at all groups is less work. */
  private boolean outOfDate(Seen seen) {
    return seen.change < groups.oldest()
        || groups.changes() - seen.change > FEW_CHANGES + 8L * groups.slots();
  }

  private void catchUp(Seen seen) {
    for (long change = seen.change; change < groups.changes(); change++) {
      if (!groups.overtaken(change)) {
        int slot = groups.changed(change);
        seen.tournament.set(slot, cost(groups.at(slot), seen.demand));
      }
    }
    seen.change = groups.changes();
  }

  private long cost(@Nullable Group group, Demand demand) {
    return group == null ? Ranking.NONE : ranking.cost(group.room, demand);
  }

  private Seen all(Shape shape) {
    Demand demand = ranking.demand(shape);
    Tournament tournament = new Tournament(groups.slots());
    for (int slot = 0; slot < groups.slots(); slot++) {
      tournament.seed(slot, cost(groups.at(slot), demand));
    }
    tournament.play();
    return new Seen(demand, tournament, groups.changes());
  }

  private void forgetOldest() {
    while ((long) shapes.size() * groups.slots() > MOST_COSTS && shapes.size() > 1) {
      shapes.remove(shapes.keySet().iterator().next());
    }
  }
}
