package dev.berth.scheduler.store;

/** The store cannot be read, or a term cannot be begun. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
