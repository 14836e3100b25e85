package dev.berth.scheduler.core.model;

/** What one replica asks of one node: thousandths of a vCPU, MiB of memory, an accelerator. */
public record Shape(long cpuMilli, long memoryMib, Accelerator accelerator) {}
