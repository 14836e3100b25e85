package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.scheduler.v1.ExplainRequest;
import dev.berth.api.scheduler.v1.ExplainResponse;
import dev.berth.api.scheduler.v1.FlavorCapacity;
import dev.berth.api.scheduler.v1.ListFlavorsResponse;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.ListResponse;
import dev.berth.api.scheduler.v1.NodeVerdict;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.eta.Forecast;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.explain.FlavorFit;
import dev.berth.scheduler.core.explain.QueueView;
import dev.berth.scheduler.core.explain.Verdict;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.whatif.NearestChange;
import dev.berth.scheduler.wire.Changes;
import dev.berth.scheduler.wire.Outcomes;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.Shapes;
import io.grpc.Status;
import java.util.Map;

/** Answers that come from a snapshot alone. */
final class Reads {
  private Reads() {}

  static dev.berth.api.scheduler.v1.Placement get(State state, String id, Positions positions) {
    Placement placement = known(state, id);
    dev.berth.api.scheduler.v1.Placement wire = Placements.view(state, placement, positions);
    if (!(placement instanceof Placement.Waiting waiting)) {
      return wire;
    }
    dev.berth.api.scheduler.v1.Placement.Builder with = wire.toBuilder();
    with.getWaitingBuilder().setEta(Outcomes.write(Forecast.of(state, waiting, positions)));
    return with.build();
  }

  static ListResponse list(State state, ListRequest request, Positions positions) {
    ListResponse.Builder response = ListResponse.newBuilder().setEpoch(state.epoch());
    Map<String, Outcome.Waiting> waiting = QueueView.of(state, positions);
    for (Placement placement : state.placements().values()) {
      if (matches(placement, request)) {
        response.addPlacements(view(placement, waiting));
      }
    }
    return response.build();
  }

  static dev.berth.api.scheduler.v1.Placement view(
      Placement placement, Map<String, Outcome.Waiting> waiting) {
    Outcome.Waiting stands = waiting.get(placement.id());
    dev.berth.api.scheduler.v1.Placement wire = Placements.write(placement);
    return stands == null ? wire : wire.toBuilder().setWaiting(Outcomes.write(stands)).build();
  }

  private static boolean matches(Placement placement, ListRequest request) {
    boolean account =
        request.getAccount().isEmpty()
            || request.getAccount().equals(placement.request().account());
    return account
        && (request.getNode().isEmpty()
            || placement.leases().stream().anyMatch(l -> l.node().equals(request.getNode())));
  }

  static ExplainResponse explain(
      Scheduler scheduler, State state, ExplainRequest request, long now) {
    return switch (request.getOfCase()) {
      case PLACEMENT_ID -> {
        Placement placement = known(state, request.getPlacementId());
        yield explain(
            scheduler,
            state,
            placement.request(),
            Explanations.of(state, placement, scheduler.positions(now)),
            now);
      }
      case REQUEST -> {
        Request asked = Shapes.read(request.getRequest());
        Outcome outcome = Explanations.whatIf(state, asked, scheduler.positions(now));
        yield explain(scheduler, state, asked, outcome, now);
      }
      case OF_NOT_SET ->
          throw Refusals.of(
              Status.INVALID_ARGUMENT,
              ReasonCode.INVALID_SHAPE,
              "Explain got nothing; give a placement_id or a request.");
    };
  }

  private static ExplainResponse explain(
      Scheduler scheduler, State state, Request request, Outcome outcome, long now) {
    ExplainResponse.Builder response =
        ExplainResponse.newBuilder().setOutcome(Outcomes.write(outcome));
    if (outcome instanceof Outcome.Waiting) {
      Placement.Waiting waiting = new Placement.Waiting(request, now);
      response
          .getOutcomeBuilder()
          .getWaitingBuilder()
          .setEta(Outcomes.write(Forecast.of(state, waiting, scheduler.positions(now))));
    }
    if (Explanations.invalid(request) == null) {
      Explanations.verdicts(state, request).forEach(v -> response.addNodes(write(v)));
    }
    if (!(outcome instanceof Outcome.Placed)) {
      NearestChange.of(scheduler, state, request, now)
          .forEach(change -> response.addChanges(Changes.write(change, request)));
    }
    return response.build();
  }

  private static NodeVerdict write(Verdict verdict) {
    NodeVerdict.Builder wire =
        NodeVerdict.newBuilder().setNode(verdict.node()).setFits(verdict.blocking() == null);
    return verdict.blocking() == null
        ? wire.build()
        : wire.setReason(Outcomes.write(verdict.blocking())).build();
  }

  static ListFlavorsResponse flavors(State state) {
    ListFlavorsResponse.Builder response = ListFlavorsResponse.newBuilder();
    for (Flavor flavor : state.flavors()) {
      FlavorFit fit = FlavorFit.of(state, flavor);
      response.addFlavors(
          FlavorCapacity.newBuilder()
              .setFlavor(Shapes.write(flavor))
              .setFitsNow(fit.now())
              .setFitsEmpty(fit.empty()));
    }
    return response.build();
  }

  static Placement known(State state, String id) {
    Placement placement = state.placements().get(id);
    if (placement == null) {
      throw Refusals.notFound(id);
    }
    return placement;
  }
}
