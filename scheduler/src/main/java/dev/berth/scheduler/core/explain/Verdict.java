package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.model.Reason;
import org.jspecify.annotations.Nullable;

/** What one node says to a shape; {@code blocking} is null when it fits. */
public record Verdict(String node, @Nullable Reason blocking) {}
