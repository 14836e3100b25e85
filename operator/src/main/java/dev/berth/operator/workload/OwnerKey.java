package dev.berth.operator.workload;

/** Identity as far as a placement id carries it. */
public record OwnerKey(WorkloadKind kind, String namespace, String name, String shortUid) {}
