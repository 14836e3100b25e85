package dev.berth.agent.core;

/**
 * Where a lease stands on this node. A legal transition is a method of the state it starts from.
 */
public sealed interface LeaseState {

  /** Granted, not prepared: nothing is held. */
  record Granted() implements LeaseState {
    Held prepare(PreparedClaim claim) {
      return new Held(claim);
    }

    Gone revoke(long epoch) {
      return new Gone(epoch);
    }
  }

  /** Prepared for a claim; this time is billed. */
  record Held(PreparedClaim claim) implements LeaseState {
    Draining revoke(long epoch) {
      return new Draining(claim, epoch);
    }

    Granted unprepare() {
      return new Granted();
    }
  }

  /** Given back by its owner while still prepared; not billed, not free. */
  record Draining(PreparedClaim claim, long revokeEpoch) implements LeaseState {
    Draining revoke(long epoch) {
      return new Draining(claim, Math.max(revokeEpoch, epoch));
    }

    Gone unprepare() {
      return new Gone(revokeEpoch);
    }
  }

  /** Holds nothing and can never be prepared again. */
  record Gone(long revokeEpoch) implements LeaseState {}
}
