package dev.berth.turns.quota;

/** Loses, repeats, delays and reorders, until it is healed. */
final class Network {
  private final QuotaWorld world;

  Network(QuotaWorld world) {
    this.world = world;
  }

  void send(Runnable arrival) {
    if (!world.faulty()) {
      world.agenda.after(QuotaWorld.SECOND / 100, arrival);
      return;
    }
    int fate = world.random.nextInt(100);
    if (fate >= 8) {
      world.agenda.after(delay(2), arrival);
    }
    if (fate >= 92) {
      world.agenda.after(delay(60), arrival);
    }
  }

  private long delay(int seconds) {
    return 1 + world.random.nextLong(seconds * QuotaWorld.SECOND);
  }
}
