package dev.berth.scheduler.store;

/** What became of a commit. */
public sealed interface Commit {
  /** Durable, all of it. */
  record Durable() implements Commit {}

  /** Refused, nothing was written: another leader has begun a later term. */
  record StaleEpoch() implements Commit {}

  /** Refused, nothing was written: an earlier commit of the same term was lost. */
  record OutOfOrder() implements Commit {}

  /** Unknown whether it was written; read the store again before deciding anything. */
  record Unknown(Exception cause) implements Commit {}
}
