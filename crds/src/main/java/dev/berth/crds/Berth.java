package dev.berth.crds;

/** Names that every user of the custom resources shares. */
public final class Berth {
  public static final String GROUP = "berth.dev";
  public static final String VERSION = "v1alpha1";
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Largest number of replicas of one Space or Endpoint. */
  public static final int MAX_REPLICAS = 64;

  private Berth() {}
}
