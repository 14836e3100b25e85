package dev.berth.e2e.client;

/** The scheduler that leads now. */
public interface Leader {
  /** Kills it as a crash would. */
  void kill();

  /** Waits until a standby is ready to take over again. */
  void awaitStandby();
}
