package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The flavor in words, for {@code kubectl get flavors}; written by the operator. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlavorStatus(
    @Nullable String accelerator,
    @Nullable String vcpu,
    @Nullable String memory,
    @Nullable String price,
    @Nullable String availableFor,
    @JsonPropertyDescription("Generation of the spec that these words describe.")
        @Nullable Long observedGeneration) {}
