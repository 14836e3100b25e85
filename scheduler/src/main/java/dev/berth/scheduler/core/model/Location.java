package dev.berth.scheduler.core.model;

/** Where a node stands, widest first; an empty name means that the level is not known. */
public record Location(String region, String zone, String block, String rack, String nvlinkDomain) {
  public static final Location UNKNOWN = new Location("", "", "", "", "");
}
