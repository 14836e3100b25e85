package dev.berth.hub.gateway;

import java.util.List;

/** Where a request for a host goes. */
public sealed interface Route {
  /**
   * Ready pods, or formerly ready ones, in the order in which to try them; never empty. {@code
   * space}: whose they are; {@code sticky}: whether a visitor stays with one.
   */
  record Ready(String space, boolean sticky, List<Backend> backends) implements Route {}

  /** The host is known, but none of its pods is ready. {@code space}: whose they would be. */
  record NoneReady(String space) implements Route {}

  /** Nothing has this host. */
  record Unknown() implements Route {}
}
