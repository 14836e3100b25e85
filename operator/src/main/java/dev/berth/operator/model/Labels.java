package dev.berth.operator.model;

/** Labels and annotations that Berth writes; other modules read those of Services. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY_VALUE = "berth";

  /** space or endpoint. */
  public static final String KIND = "berth.dev/kind";

  public static final String NAME = "berth.dev/name";
  public static final String REVISION = "berth.dev/revision";
  public static final String FLAVOR = "berth.dev/flavor";

  /** On Services that the gateway routes to. */
  public static final String GATEWAY = "berth.dev/gateway";

  /** First label of the public host name. */
  public static final String HOST = "berth.dev/host";

  /** Annotations: placement and lease ids do not fit into label values. */
  public static final String PLACEMENT = "berth.dev/placement";

  public static final String LEASE = "berth.dev/lease";

  private Labels() {}
}
