package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * One aspect of the state of a resource, as Kubernetes writes them. {@code status} is True, False
 * or Unknown; {@code lastTransitionTime} is RFC 3339 and changes with {@code status} alone.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required String type,
    @Required String status,
    @Required String reason,
    @Nullable String message,
    @Nullable Long observedGeneration,
    @Nullable String lastTransitionTime) {}
