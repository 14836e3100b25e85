package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Hashes of the pod-relevant spec: of the pods that receive traffic, and of the present spec. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revisions(@Nullable String serving, String wanted) {}
