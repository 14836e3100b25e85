package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Placer.Trial;
import dev.berth.scheduler.core.fit.Shortfall;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One decision about members that belong together. */
final class Gang {
  /** Looks at a node in one decision, beyond the first attempt in each domain. */
  private static final long BUDGET = 20_000;

  private final OrderedMap<String, Node> fleet;
  private final OrderedMap<String, Node> allowed;
  private final Request request;
  private final Classes classes;
  private final Rooms rooms;
  private final Budget budget = new Budget(BUDGET);

  /** How many members a domain could hold at most, and how much it has free for them. */
  private record Ranked(Domain domain, int atMost, long free) {}

  /** What came out of the best domain. */
  private record Best(Shortfall why, Assignment assignment) {}

  Gang(OrderedMap<String, Node> fleet, OrderedMap<String, Node> allowed, Request request) {
    this.fleet = fleet;
    this.allowed = allowed;
    this.request = request;
    this.classes = Classes.of(request.members());
    this.rooms = Rooms.of(allowed.values(), classes);
  }

  /** A preferred level is given up for the next wider one, a required one is not. */
  Trial place() {
    Topology topology = request.policy().topology();
    int widest = topology.required() ? topology.level().ordinal() : 0;
    Best best = null;
    for (int level = topology.level().ordinal(); level >= widest; level--) {
      best = within(Level.values()[level]);
      if (best.assignment().members().size() == classes.members()) {
        return best.assignment().complete(fleet, request);
      }
    }
    return best == null ? new Trial.Stuck(allowed, 0, Shortfall.of(request, 0)) : stuck(best);
  }

  private Best within(Level level) {
    List<Ranked> ranked =
        Domain.at(level, allowed.values()).stream().map(this::rank).sorted(TIGHTEST).toList();
    Ranked most = new Ranked(new Domain("", List.of()), 0, 0);
    @Nullable Best found = null;
    for (Ranked here : ranked) {
      most = here.atMost() > most.atMost() ? here : most;
      if (here.atMost() == classes.members()) {
        Best tried = attempt(level, here);
        found = found == null || tried.why().fits() > found.why().fits() ? tried : found;
        if (tried.why().fits() == classes.members()) {
          return tried;
        }
      }
    }
    return found == null ? proved(level, most) : found;
  }

  private static final Comparator<Ranked> TIGHTEST =
      Comparator.comparingLong(Ranked::free).thenComparing(ranked -> ranked.domain().name());

  private Ranked rank(Domain domain) {
    return new Ranked(domain, rooms.atMost(domain.nodes()), rooms.free(domain.nodes()));
  }

  private Best attempt(Level level, Ranked here) {
    Assignment assignment = assign(here.domain().nodes(), budget);
    int fits = assignment.members().size();
    return new Best(
        new Shortfall.NotFound(level, here.domain().name(), fits, classes.members()), assignment);
  }

  /** Says what fits there, for people: the numbers of a proof do not need it. */
  private Best proved(Level level, Ranked most) {
    Shortfall why =
        new Shortfall.Proved(level, most.domain().name(), most.atMost(), classes.members());
    return new Best(why, assign(most.domain().nodes(), new Budget(0)));
  }

  private Assignment assign(List<Node> nodes, Budget looks) {
    return classes.uniform()
        ? Packing.of(nodes, classes.shapes().getFirst(), classes.members(), rooms.uniform())
        : Search.of(nodes, request.members(), classes, looks);
  }

  /** The member that did not fit is the next one in the order in which they were tried. */
  private Trial.Stuck stuck(Best best) {
    List<Shape> members = request.members();
    List<Integer> order =
        classes.uniform() ? IntStream.range(0, members.size()).boxed().toList() : Order.of(members);
    int member = order.get(Math.min(best.assignment().members().size(), members.size() - 1));
    return new Trial.Stuck(
        best.assignment().apply(allowed, request, new ArrayList<>()), member, best.why());
  }
}
