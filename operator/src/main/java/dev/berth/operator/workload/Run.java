package dev.berth.operator.workload;

/** Whether the user wants it to run. */
public enum Run {
  RUN,
  /** Stopped by {@code paused}. */
  PAUSED,
  /** Stopped by zero replicas. */
  STOPPED
}
