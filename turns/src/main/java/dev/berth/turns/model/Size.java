package dev.berth.turns.model;

/** What a turn takes: one device, or both of a pair, which also costs twice the quota. */
public enum Size {
  LARGE(1),
  XLARGE(2);

  private final int devices;

  Size(int devices) {
    this.devices = devices;
  }

  public int devices() {
    return devices;
  }
}
