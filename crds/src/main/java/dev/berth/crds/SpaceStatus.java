package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true of a Space now; written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SpaceStatus(
    @Nullable SpaceStage stage,
    List<Condition> conditions,
    @JsonPropertyDescription("Generation of the spec that this status answers.")
        @Nullable Long observedGeneration,
    @Nullable String url,
    @Nullable Hardware hardware,
    @Nullable ReplicaCount replicas,
    @JsonPropertyDescription("Revision that serves, and the one being rolled out if another.")
        @Nullable Revisions revisions,
    List<PlacementStatus> placements,
    @JsonPropertyDescription("Present while the Space waits for hardware.")
        @Nullable Waiting waiting) {

  public SpaceStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    placements = placements == null ? List.of() : List.copyOf(placements);
  }
}
