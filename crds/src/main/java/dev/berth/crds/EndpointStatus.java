package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true of an Endpoint now; written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EndpointStatus(
    @Nullable EndpointState state,
    List<Condition> conditions,
    @JsonPropertyDescription("Generation of the spec that this status answers.")
        @Nullable Long observedGeneration,
    @Nullable String url,
    @Nullable Hardware hardware,
    @Nullable ReplicaCount replicas,
    @Nullable Revisions revisions,
    List<PlacementStatus> placements,
    @JsonPropertyDescription("Present while the Endpoint waits for hardware.")
        @Nullable Waiting waiting) {

  public EndpointStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    placements = placements == null ? List.of() : List.copyOf(placements);
  }
}
