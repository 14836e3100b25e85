package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Flavor that serves now (absent when nothing does) and the one asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hardware(@Nullable String current, String requested) {}
