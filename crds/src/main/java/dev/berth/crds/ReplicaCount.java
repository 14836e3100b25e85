package dev.berth.crds;

/** Replicas that serve now and those asked for. */
public record ReplicaCount(int current, int requested) {}
