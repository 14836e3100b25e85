package dev.berth.agent.core;

import dev.berth.agent.core.LeaseState.Draining;
import dev.berth.agent.core.LeaseState.Gone;
import dev.berth.agent.core.LeaseState.Granted;
import dev.berth.agent.core.LeaseState.Held;
import java.util.Optional;

/**
 * One lease as this node knows it.
 *
 * @param finalReported whether a report said that it ended
 */
public record Lease(Grant grant, LeaseState state, Usage usage, boolean finalReported) {

  public String id() {
    return grant.leaseId();
  }

  public boolean held() {
    return state instanceof Held;
  }

  public boolean gone() {
    return state instanceof Gone;
  }

  /** The claim for which it is prepared now, held or draining. */
  public Optional<PreparedClaim> claim() {
    return switch (state) {
      case Held h -> Optional.of(h.claim());
      case Draining d -> Optional.of(d.claim());
      case Granted _, Gone _ -> Optional.empty();
    };
  }

  /** Whether a hub has, or must have, heard of it. */
  public boolean everHeld() {
    return usage.startedUnix() != 0;
  }

  /** What a lease says of account and price never changes once it was held. */
  boolean replaceable() {
    return state instanceof Granted && !everHeld();
  }

  Lease with(LeaseState next) {
    return new Lease(grant, next, usage, finalReported);
  }

  Lease with(Usage next) {
    return new Lease(grant, state, next, finalReported);
  }

  Lease reported(boolean isFinal) {
    return new Lease(grant, state, usage, isFinal);
  }
}
