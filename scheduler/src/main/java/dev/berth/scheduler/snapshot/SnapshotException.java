package dev.berth.scheduler.snapshot;

/** The bytes are no whole snapshot of a version that is understood. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SnapshotException(String message) {
    super(message);
  }
}
