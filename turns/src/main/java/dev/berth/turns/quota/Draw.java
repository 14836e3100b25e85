package dev.berth.turns.quota;

/** What has become of an {@link Ask} that changed something. */
public sealed interface Draw {
  Ask ask();

  /**
   * What is left of the base is held while the ledger is asked for credits.
   *
   * @param base the allowance so far, without credits
   */
  record Asked(Ask ask, Allowance base) implements Draw {}

  /** A node holds it and has used so much of it. */
  record Open(Ask ask, Allowance allowance, long usedNanos, int usedRuns) implements Draw {}

  /**
   * Nothing more will be used. Kept for a while, so that repetitions are known as such.
   *
   * @param settled whether the ledger knows what became of the credits, if there were any
   */
  record Closed(Ask ask, Answer answer, long usedNanos, int usedRuns, long atNanos, boolean settled)
      implements Draw {

    /** Micro-USD to take from the credits that were reserved for it. */
    long charge() {
      return switch (answer) {
        case Answer.Given(Allowance given) ->
            CreditPrice.charge(given.ofCredit(usedNanos), given.microUsdPerMinute());
        case Answer.Refused refused -> 0;
        case Answer.Contradicted contradicted -> 0;
      };
    }
  }
}
