package dev.berth.operator.workload;

/** Whether the user wants it to run. */
public enum Run {
  RUN,
  /** Stopped by {@code paused}. */
  PAUSED,
  /** Stopped because nobody visits it; the next visit wakes it. */
  SLEEPING,
  /** Stopped by zero replicas. */
  STOPPED
}
