package dev.berth.scheduler.leadership;

/** This process does not lead (any more); whether the event was decided is unknown. */
public final class NotLeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotLeaderException(String message) {
    super(message);
  }
}
