package dev.berth.hub.usage;

/** A lease as one journal tells of it. */
public record LeaseKey(String journalId, String leaseId) {}
