package dev.berth.scheduler.core.explain;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Admission;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fit.Shortfall;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.Allowed;
import dev.berth.scheduler.core.gang.Domain;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.pack.Ranking;
import dev.berth.scheduler.core.pack.Scan;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.reserve.Backfill;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with numbers, computed from a snapshot, so they are true when they are read. */
public final class Explanations {
  private Explanations() {}

  /** How a known placement stands. */
  public static Outcome of(State state, Placement placement, Positions positions) {
    return switch (placement) {
      case Placement.Placed placed -> new Outcome.Placed(placed);
      case Placement.Releasing releasing -> new Outcome.Placed(releasing);
      case Placement.Waiting waiting ->
          new Outcome.Waiting(reasons(state, waiting), positions.position(state, waiting));
    };
  }

  static List<Reason> reasons(State state, Placement.Waiting waiting) {
    return reasons(state, waiting.request(), Admission.of(state, waiting.request()));
  }

  private static List<Reason> reasons(State state, Request request, Admission admission) {
    return switch (admission) {
      case Admission.Fits fits -> held(state, request);
      case Admission.NoRoom room -> reasons(state, request, room.stuck());
      case Admission.OverQuota over -> List.of(QuotaReasons.exceeded(over.quota()));
    };
  }

  /** How the placement of this id stands, or that it belongs to another request. */
  public static Outcome repeated(
      State state, Placement known, Request request, Positions positions) {
    return known.request().equals(request)
        ? of(state, known, positions)
        : new Outcome.Rejected(List.of(conflict(known.request(), request)));
  }

  /** What Place would answer now, on the nodes that it would choose; nothing changes. */
  public static Outcome whatIf(State state, Request request, Positions positions) {
    long now = positions.now();
    Placement known = state.placements().get(request.id());
    if (known != null) {
      return repeated(state, known, request, positions);
    }
    Outcome.Rejected invalid = invalid(request);
    if (invalid != null) {
      return invalid;
    }
    Admission admission =
        Admission.of(new Scan(Ranking.by(state.supplyDemand())), state, request, now);
    if (admission instanceof Admission.Fits fits) {
      return new Outcome.Placed(
          new Placement.Waiting(request, now)
              .place(fits.trial().leases(), state.epoch(), now, fits.trial().choice()));
    }
    Outcome impossible = impossible(state, request);
    return impossible != null
        ? impossible
        : new Outcome.Waiting(
            waiting(state, request, admission),
            positions.position(state, new Placement.Waiting(request, now)));
  }

  public static Outcome.Waiting waiting(
      State state, Placement.Waiting waiting, Admission refused, Positions positions) {
    return new Outcome.Waiting(
        () -> waiting(state, waiting.request(), refused), () -> positions.position(state, waiting));
  }

  /** Reservations took part in the trial: without them it may fit, or be short of less. */
  private static List<Reason> waiting(State state, Request request, Admission refused) {
    return state.outlook().reservations().isEmpty()
        ? reasons(state, request, refused)
        : reasons(state, new Placement.Waiting(request, 0));
  }

  /** It fits: empty when it is only not tried yet. */
  private static List<Reason> held(State state, Request request) {
    Reason behind = Backfill.held(state, request);
    return behind == null ? List.of() : List.of(behind);
  }

  /** Each node's verdict on the first member that does not fit, or else on the first member. */
  public static List<Verdict> verdicts(State state, Request request) {
    if (request.members().isEmpty()) {
      return List.of();
    }
    return switch (GangPlacer.place(state.nodes(), request)) {
      case Placer.Trial.Complete complete ->
          verdicts(
              state,
              request.policy(),
              state.nodes(),
              request.chosen(complete.choice()).members().getFirst());
      case Placer.Trial.Stuck stuck ->
          verdicts(state, request.policy(), stuck.nodes(), request.members().get(stuck.member()));
    };
  }

  /** A node outside of the regions says so, whatever it has. */
  private static List<Verdict> verdicts(
      State state, Policy policy, OrderedMap<String, Node> tried, Shape shape) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Node node : state.nodes().values()) {
      Node now = tried.getOrDefault(node.name(), node);
      verdicts.add(
          Allowed.on(node, policy.regions())
              ? Shortages.verdict(now, shape)
              : new Verdict(node.name(), Never.noRegion(policy.regions(), 1)));
    }
    return List.copyOf(verdicts);
  }

  /** A rejection when the request contradicts itself; null when it does not. */
  public static Outcome.@Nullable Rejected invalid(Request request) {
    String broken = RequestRules.broken(request);
    return broken == null
        ? null
        : new Outcome.Rejected(
            List.of(new Reason(ReasonCode.INVALID_SHAPE, broken, 0, 0, 0, "", "", 0)));
  }

  private static Reason conflict(Request known, Request asked) {
    String message =
        "Placement id %s already belongs to another request (%s, flavor %s, %d members); choose a new id."
            .formatted(asked.id(), known.owner(), known.flavor(), known.members().size());
    return new Reason(ReasonCode.CONFLICTING_REQUEST, message, 0, 0, 0, "", "", 0);
  }

  /**
   * A rejection when it is proved that the registered fleet, lost nodes included, could not hold
   * the request even when empty. Null when there is no proof, and while no node is known at all.
   */
  public static Outcome.@Nullable Rejected impossible(State state, Request request) {
    if (state.nodes().isEmpty()) {
      return null;
    }
    List<Reason> never = Never.reasons(state.nodes(), request);
    return never.isEmpty() ? null : new Outcome.Rejected(never);
  }

  private static List<Reason> reasons(State state, Request request, Placer.Trial.Stuck stuck) {
    if (state.nodes().isEmpty()) {
      String message = "No node has registered yet. Start the node agents, or wait for them.";
      return List.of(new Reason(ReasonCode.NODES_NOT_READY, message, 1, 0, 0, "node", "node", 0));
    }
    if (stuck.nodes().isEmpty()) {
      return List.of(Never.noRegion(request.policy().regions(), state.nodes().size()));
    }
    List<Reason> reasons = new ArrayList<>(GangReasons.of(stuck.why()));
    Shape shape = request.members().get(stuck.member());
    OrderedMap<String, Node> there = there(stuck);
    reasons.addAll(SliceReasons.of(there, shape, Shortages.reasons(there, shape)));
    return List.copyOf(reasons);
  }

  /** The nodes of the domain that came closest. */
  private static OrderedMap<String, Node> there(Placer.Trial.Stuck stuck) {
    OrderedMap<String, Node> there = OrderedMap.empty();
    Shortfall why = stuck.why();
    if (why.level() == Topology.Level.ANY) {
      return stuck.nodes();
    }
    for (Node node : stuck.nodes().values()) {
      there =
          Domain.name(why.level(), node).equals(why.domain())
              ? there.with(node.name(), node)
              : there;
    }
    return there;
  }
}
