package dev.berth.scheduler.core.defrag;

import dev.berth.scheduler.core.model.Lease;

/**
 * One member of a placement goes from where it is to devices that are free before it moves. {@code
 * cost} is in device-milliseconds.
 */
public record Move(String placementId, int member, Lease from, Lease to, long cost) {}
