package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.AddNodes;
import dev.berth.api.scheduler.v1.FlavorChange;
import dev.berth.api.scheduler.v1.PlacementChange;
import dev.berth.api.scheduler.v1.QuotaResult;
import dev.berth.api.scheduler.v1.SimulateResponse;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.explain.FlavorFit;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.whatif.QuotaEffect;
import dev.berth.scheduler.core.whatif.Shift;
import dev.berth.scheduler.core.whatif.Simulated;
import dev.berth.scheduler.core.whatif.Step;
import dev.berth.scheduler.core.whatif.StepResult;
import org.jspecify.annotations.Nullable;

/** Plans and what came of them. */
public final class Simulations {
  private Simulations() {}

  /** What makes the step unusable, in one sentence; null when nothing does. */
  public static @Nullable String broken(dev.berth.api.scheduler.v1.Step wire) {
    return switch (wire.getStepCase()) {
      case ADD_NODES ->
          switch (wire.getAddNodes().getLikeCase()) {
            case NODE -> null;
            case INVENTORY -> Inventories.broken(wire.getAddNodes().getInventory());
            case LIKE_NOT_SET -> "add_nodes says not like what; give a node or an inventory";
          };
      case STEP_NOT_SET -> "a step is empty; give it one of its fields";
      case SUBMIT, RELEASE, DRAIN_NODE, REMOVE_NODE, READY_NODE, HEALTH, QUOTA -> null;
    };
  }

  /** A step that is not {@link #broken}. */
  public static Step read(dev.berth.api.scheduler.v1.Step wire) {
    return switch (wire.getStepCase()) {
      case SUBMIT -> new Step.Submit(Shapes.read(wire.getSubmit()));
      case RELEASE -> new Step.Release(wire.getRelease());
      case ADD_NODES -> read(wire.getAddNodes());
      case DRAIN_NODE -> new Step.Drain(wire.getDrainNode());
      case REMOVE_NODE -> new Step.Remove(wire.getRemoveNode());
      case READY_NODE -> new Step.Ready(wire.getReadyNode());
      case HEALTH ->
          new Step.Health(
              wire.getHealth().getNode(),
              wire.getHealth().getDevice(),
              wire.getHealth().getHealthy());
      case QUOTA -> new Step.Quota(QuotaMessages.read(wire.getQuota()));
      case STEP_NOT_SET -> throw new IllegalArgumentException("A step is empty");
    };
  }

  private static Step read(AddNodes wire) {
    return switch (wire.getLikeCase()) {
      case NODE -> new Step.AddLike(wire.getNode(), wire.getCount());
      case INVENTORY -> new Step.AddNodes(Inventories.read(wire.getInventory()), wire.getCount());
      case LIKE_NOT_SET -> throw new IllegalArgumentException("Nodes like what");
    };
  }

  public static SimulateResponse write(State before, Simulated.Done done) {
    SimulateResponse.Builder wire = SimulateResponse.newBuilder().setEpoch(before.epoch());
    done.results().forEach(result -> wire.addResults(write(result)));
    for (Flavor flavor : before.flavors()) {
      wire.addFlavors(
          FlavorChange.newBuilder()
              .setFlavor(flavor.name())
              .setFitsBefore(FlavorFit.of(before, flavor).now())
              .setFitsAfter(FlavorFit.of(done.after(), flavor).now()));
    }
    return wire.build();
  }

  private static dev.berth.api.scheduler.v1.StepResult write(StepResult result) {
    dev.berth.api.scheduler.v1.StepResult.Builder wire =
        dev.berth.api.scheduler.v1.StepResult.newBuilder();
    if (result.answer() != null) {
      wire.setAnswer(Outcomes.write(result.answer()));
    }
    result.shifts().forEach(shift -> wire.addChanges(write(shift)));
    QuotaEffect quota = result.quota();
    if (quota != null) {
      wire.setQuota(
          QuotaResult.newBuilder()
              .addAllPlaced(quota.placed())
              .addAllPreempted(quota.preempted())
              .addAllAdmitted(quota.admitted()));
    }
    return wire.build();
  }

  private static PlacementChange write(Shift shift) {
    PlacementChange.Builder wire = PlacementChange.newBuilder().setPlacementId(shift.placementId());
    Placement before = shift.before();
    Placement after = shift.after();
    if (before != null) {
      wire.setBefore(Placements.write(before));
    }
    if (after != null) {
      wire.setAfter(Placements.write(after));
    }
    if (shift.answer() != null) {
      wire.setAnswer(Outcomes.write(shift.answer()));
    }
    return wire.build();
  }
}
