package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.model.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A placement that a step changed; null means that there was none, or that there is none any more.
 * {@code answer} is what a displaced one was told when it was asked again.
 */
public record Shift(
    String placementId,
    @Nullable Placement before,
    @Nullable Placement after,
    @Nullable Outcome answer) {}
