package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.turns.model.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must survive the agent; the journal is a list of these. */
public sealed interface TurnFact {
  record Booted(String bootId) implements TurnFact {}

  record SeatOpened(Seat seat) implements TurnFact {}

  record SeatClosed(String lease) implements TurnFact {}

  /** Turns may use a device for the first time. */
  record DeviceSeen(int device, long at) implements TurnFact {}

  /** A task of a seat asked for this size once. */
  record SizeSeen(String lease, String task, Size size) implements TurnFact {}

  record AppStarted(String lease) implements TurnFact {}

  /** Devices are kept for a turn. */
  record Held(
      TurnRequest request, Reservation reservation, List<Integer> devices, long queuedAt, long at)
      implements TurnFact {}

  /** The caller is told; {@code warm} is the worker that it finds there. */
  record Granted(String turn, long at, long unix, @Nullable ProcessId warm) implements TurnFact {}

  record Allowed(String turn, ProcessId process, long at) implements TurnFact {}

  record Ended(TurnRecord record, long at) implements TurnFact {}

  /** The devices of an ended turn are free. */
  record Freed(String turn, long at) implements TurnFact {}

  /** Where the account's flow is in the fair queue after a turn. */
  record Charged(String account, int weight, long tag, long virtualTime) implements TurnFact {}

  record WorkerEnding(ProcessId process) implements TurnFact {}

  record WorkerGone(ProcessId process) implements TurnFact {}

  record PolicyHeard(QuotaRules rules) implements TurnFact {}

  record DrawAsked(Draw draw) implements TurnFact {}

  record DrawDenied(String drawId) implements TurnFact {}

  record AllowanceGiven(Allowance allowance) implements TurnFact {}

  record AllowanceClosed(String drawId) implements TurnFact {}

  record AllowanceForgotten(String drawId) implements TurnFact {}
}
