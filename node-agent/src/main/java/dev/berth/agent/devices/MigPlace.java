package dev.berth.agent.devices;

/** Where an instance is cut out of a card; this, not its ids, is what stays the same. */
public record MigPlace(Card card, MigProfile profile, int start) {
  public boolean overlaps(MigPlace other) {
    return card.uuid().equals(other.card.uuid())
        && (profile.mask(start) & other.profile.mask(other.start)) != 0;
  }
}
