package dev.berth.e2e;

/**
 * The fleet cannot do what was asked. The message says what, why and what would help; it is shown
 * to the user without a stack trace.
 */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FleetException(String message) {
    super(message);
  }

  public FleetException(String message, Throwable cause) {
    super(message, cause);
  }
}
