package dev.berth.crds;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** All replicas of a gang in one domain of a level; not required: else in the next wider one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Topology(
    @Required
        @JsonPropertyDescription(
            "All replicas on one node, or within one NVLink domain, rack, block, zone or region.")
        TopologyLevel level,
    @Default("false")
        @JsonPropertyDescription(
            "true: wait until such a place is free. false: take the next wider level rather than wait.")
        Boolean required) {
  public Topology {
    required = requireNonNullElse(required, false);
  }
}
