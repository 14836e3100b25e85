package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.QuotaStatus;
import java.util.Optional;

/** What accounts have used of shared GPUs. */
@FunctionalInterface
public interface Quotas {
  /** Empty while no scheduler answers. */
  Optional<QuotaStatus> of(String account, String tier);
}
