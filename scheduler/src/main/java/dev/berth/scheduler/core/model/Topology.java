package dev.berth.scheduler.core.model;

/**
 * All members of a gang in one domain of this level: as a condition when {@code required}, else as
 * a wish that is given up rather than waited for.
 */
public record Topology(Level level, boolean required) {
  public static final Topology ANYWHERE = new Topology(Level.ANY, false);

  /** Widest first: a domain of one level lies in one domain of each level before it. */
  public enum Level {
    ANY,
    REGION,
    ZONE,
    BLOCK,
    RACK,
    NVLINK_DOMAIN,
    NODE
  }
}
