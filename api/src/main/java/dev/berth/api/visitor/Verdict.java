package dev.berth.api.visitor;

/** What became of a token that somebody showed. */
public sealed interface Verdict {
  record Valid(VisitorToken token) implements Verdict {}

  record Refused(Reason reason, String message) implements Verdict {}

  enum Reason {
    /** Not a token, signed by nobody we know, or changed on the way. */
    FORGED,
    EXPIRED,
    /** Given to one Space and shown by another. */
    REPLAYED
  }
}
