package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step did: the answer when it was a Submit, the placements that it changed, and what became
 * of them when it was a Quota.
 */
public record StepResult(
    @Nullable Outcome answer, List<Shift> shifts, @Nullable QuotaEffect quota) {
  public StepResult {
    shifts = List.copyOf(shifts);
  }
}
