package dev.berth.turns.quota;

import java.util.List;

/** What happens to quotas. */
public sealed interface QuotaEvent {
  record Drawn(Ask ask) implements QuotaEvent {}

  record Settled(String node, List<Spent> spent) implements QuotaEvent {
    public Settled {
      spent = List.copyOf(spent);
    }
  }

  /** What the ledger says of credits that were asked for. */
  record Reserved(String id, Reservation reservation) implements QuotaEvent {}

  /** The ledger knows what became of the credits of a closed draw. */
  record Charged(String id) implements QuotaEvent {}

  /** Time passes: what has ended is forgotten, what the ledger owes an answer on is asked again. */
  record Tick() implements QuotaEvent {}

  sealed interface Reservation {
    record Given(long microUsd) implements Reservation {}

    /**
     * Nothing is reserved, now or later, for this draw.
     *
     * @param pending the balance would do if other draws did not hold it
     */
    record Refused(boolean pending) implements Reservation {}

    /** Nobody knows whether anything is reserved. */
    record Unknown() implements Reservation {}
  }
}
