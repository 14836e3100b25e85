package dev.berth.agent.location;

/** Tells where the node stands, and when that changes. */
public interface LocationSource {
  Location now();

  /** {@code changed} runs on a thread of the source's. */
  void onChange(Runnable changed);

  /** A node that stays where it is. */
  static LocationSource fixed(Location location) {
    return new LocationSource() {
      @Override
      public Location now() {
        return location;
      }

      @Override
      public void onChange(Runnable changed) {}
    };
  }
}
