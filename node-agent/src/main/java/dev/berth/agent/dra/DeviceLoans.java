package dev.berth.agent.dra;

import java.util.Collection;
import java.util.Optional;

/** Devices that the node lends while they are idle; a lease gets them back first. */
@FunctionalInterface
public interface DeviceLoans {
  /** A node that lends nothing. */
  DeviceLoans NONE = cards -> Optional.empty();

  /**
   * Wants these cards back. Empty once nobody else is on them, which then stays so; else what is
   * waited for. To be asked again.
   */
  Optional<String> takeBack(Collection<String> cards);
}
