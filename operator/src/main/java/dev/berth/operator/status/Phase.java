package dev.berth.operator.status;

/** Where a workload is in its life, before it is named in the words of its kind. */
public enum Phase {
  CONFIG_ERROR,
  /** Waits for hardware. */
  PENDING,
  STARTING,
  RUNNING,
  /** A former revision serves while the wanted one comes up. */
  UPDATING,
  /** A former revision serves; the wanted one does not start. */
  UPDATE_FAILED,
  ERROR,
  PAUSED,
  STOPPED,
  SLEEPING,
  DELETING;

  /** Whether somebody has to act. */
  public boolean bad() {
    return switch (this) {
      case CONFIG_ERROR, UPDATE_FAILED, ERROR -> true;
      case PENDING, STARTING, RUNNING, UPDATING, PAUSED, STOPPED, SLEEPING, DELETING -> false;
    };
  }
}
