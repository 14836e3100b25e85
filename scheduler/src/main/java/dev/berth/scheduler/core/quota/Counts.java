package dev.berth.scheduler.core.quota;

/** What is used of a flavor at a node of the quota tree. */
@FunctionalInterface
interface Counts {
  Usage.Count of(String node, String flavor);
}
