package dev.berth.operator.status;

import dev.berth.crds.Condition;
import dev.berth.crds.EndpointState;
import dev.berth.crds.EndpointStatus;
import dev.berth.crds.Hardware;
import dev.berth.crds.Revisions;
import dev.berth.crds.SpaceStage;
import dev.berth.crds.SpaceStatus;
import dev.berth.operator.workload.Workload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names an assessment in the words of Spaces and of Endpoints. */
public final class Statuses {
  private Statuses() {}

  public static SpaceStatus space(
      Workload workload, Assessment a, String url, @Nullable SpaceStatus former, Instant now) {
    return new SpaceStatus(
        stage(a.verdict().phase()),
        Conditions.of(a, workload.generation(), conditions(former), now),
        workload.generation(),
        url,
        new Hardware(a.currentFlavor().orElse(null), a.requestedFlavor()),
        a.replicas(),
        revisions(a, former == null ? null : former.revisions()),
        a.placements(),
        a.waiting().orElse(null));
  }

  public static EndpointStatus endpoint(
      Workload workload, Assessment a, String url, @Nullable EndpointStatus former, Instant now) {
    return new EndpointStatus(
        state(a.verdict().phase()),
        Conditions.of(
            a, workload.generation(), former == null ? List.of() : former.conditions(), now),
        workload.generation(),
        url,
        new Hardware(a.currentFlavor().orElse(null), a.requestedFlavor()),
        a.replicas(),
        revisions(a, former == null ? null : former.revisions()),
        a.placements(),
        a.waiting().orElse(null));
  }

  private static List<Condition> conditions(@Nullable SpaceStatus former) {
    return former == null ? List.of() : former.conditions();
  }

  private static @Nullable Revisions revisions(Assessment a, @Nullable Revisions former) {
    return a.wanted()
        .map(wanted -> new Revisions(a.lastServing().orElse(null), wanted))
        .orElse(former);
  }

  static SpaceStage stage(Phase phase) {
    return switch (phase) {
      case CONFIG_ERROR -> SpaceStage.CONFIG_ERROR;
      case PENDING, STARTING -> SpaceStage.APP_STARTING;
      case RUNNING, UPDATE_FAILED -> SpaceStage.RUNNING;
      case UPDATING -> SpaceStage.RUNNING_APP_STARTING;
      case ERROR -> SpaceStage.RUNTIME_ERROR;
      case PAUSED -> SpaceStage.PAUSED;
      case STOPPED -> SpaceStage.STOPPED;
      case SLEEPING -> SpaceStage.SLEEPING;
      case DELETING -> SpaceStage.DELETING;
    };
  }

  static EndpointState state(Phase phase) {
    return switch (phase) {
      case CONFIG_ERROR, ERROR -> EndpointState.FAILED;
      case PENDING -> EndpointState.PENDING;
      case STARTING -> EndpointState.INITIALIZING;
      case RUNNING -> EndpointState.RUNNING;
      case UPDATING -> EndpointState.UPDATING;
      case UPDATE_FAILED -> EndpointState.UPDATE_FAILED;
      case PAUSED -> EndpointState.PAUSED;
      case STOPPED, SLEEPING -> EndpointState.SCALED_TO_ZERO;
      case DELETING -> EndpointState.PENDING;
    };
  }
}
