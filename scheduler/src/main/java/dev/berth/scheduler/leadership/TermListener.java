package dev.berth.scheduler.leadership;

/** Hears when this process begins and ceases to lead. */
public interface TermListener {
  void leading(DecisionLoop decisions);

  void notLeading();
}
