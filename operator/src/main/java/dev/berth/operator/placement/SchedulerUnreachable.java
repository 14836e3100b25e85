package dev.berth.operator.placement;

/** No scheduler leads or can be reached now. */
public final class SchedulerUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchedulerUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
