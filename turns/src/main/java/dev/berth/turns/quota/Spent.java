package dev.berth.turns.quota;

/**
 * What a node has used of an allowance so far, cumulative.
 *
 * @param closed nothing more will be used; the rest goes back
 */
public record Spent(String id, long usedNanos, int usedRuns, boolean closed) {}
