package dev.berth.turns.quota;

import java.util.List;

/** What is to be done. Writes come first; the others may be done once those are durable. */
public sealed interface QuotaEffect {
  sealed interface Write extends QuotaEffect {
    String visitor();
  }

  record Saved(VisitorQuota quota) implements Write {
    @Override
    public String visitor() {
      return quota.visitor();
    }
  }

  record Removed(String visitor) implements Write {}

  /** To whoever waits for draw {@code id}. */
  record Answered(String id, Answer answer) implements QuotaEffect {}

  /** To the node that settled. */
  record SettlementAnswered(List<String> settled, List<Refused> refused) implements QuotaEffect {
    public SettlementAnswered {
      settled = List.copyOf(settled);
      refused = List.copyOf(refused);
    }
  }

  record Refused(String id, String message) {}

  /** Asks the ledger to reserve between {@code least} and {@code most}; idempotent by id. */
  record Reserve(String id, String account, long leastMicroUsd, long mostMicroUsd)
      implements QuotaEffect {}

  /** Tells the ledger what a reservation came to; the rest is free again. Idempotent by id. */
  record Charge(String id, String account, long microUsd) implements QuotaEffect {}
}
