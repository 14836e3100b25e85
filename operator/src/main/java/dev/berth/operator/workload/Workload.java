package dev.berth.operator.workload;

/**
 * A Space or Endpoint: who, which generation of its spec, whether being deleted, what is wanted.
 */
public record Workload(Identity identity, long generation, boolean deleting, Wish wish) {}
