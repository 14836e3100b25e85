package dev.berth.hub.gateway.spaces;

/** How Spaces are; {@code space} is {@code namespace/name}. */
public interface SpaceStates {
  SpaceState of(String space);

  /** Somebody visits it: it stays awake, or wakes. Returns at once. */
  void visited(String space);
}
