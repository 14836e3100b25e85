package dev.berth.agent.journal;

/** The journal cannot be written or read; nothing may be promised until it can. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
