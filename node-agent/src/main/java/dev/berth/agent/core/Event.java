package dev.berth.agent.core;

import java.util.Map;

/** What happened; the journal is a list of these, each with its {@link Moment}. */
public sealed interface Event {
  /** The process started. The same boot id as before: time went on and nothing changed hands. */
  record Booted(String bootId) implements Event {}

  /** The node's cards, chips and processor, name to model; replaces the former list. */
  record DevicesSeen(Map<String, String> models) implements Event {
    public DevicesSeen {
      models = Map.copyOf(models);
    }
  }

  record EpochSeen(long epoch) implements Event {}

  record LeaseGranted(Grant grant) implements Event {}

  /** Held from now on. */
  record LeasePrepared(Grant grant, PreparedClaim claim) implements Event {}

  record LeaseUnprepared(String leaseId) implements Event {}

  /** Given back: draining if prepared, gone if not, a tombstone if unknown. */
  record LeaseRevoked(String leaseId, long epoch) implements Event {}

  record ReportEmitted(Report report) implements Event {}

  /** All reports up to and including {@code seq} are committed by the hub. */
  record ReportsAcked(long seq) implements Event {}

  /** Nothing happened until now; bounds what a reboot can make unknown. */
  record Checkpoint() implements Event {}

  /** The journal lost records that were reported: reports start again under another identity. */
  record JournalRenewed(String journalId) implements Event {}
}
