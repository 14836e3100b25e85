package dev.berth.operator.reconcile;

import dev.berth.operator.status.Verdict;
import dev.berth.operator.workload.Identity;

/** Where changes of a workload's phase are told to people. */
@FunctionalInterface
public interface Events {
  /** {@code named} is the phase in the words of the kind, e.g. RUNNING. */
  void entered(Identity identity, String named, Verdict verdict);
}
