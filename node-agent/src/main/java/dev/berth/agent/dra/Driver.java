package dev.berth.agent.dra;

/** Names by which Kubernetes knows this driver. */
public final class Driver {
  public static final String NAME = "berth.dev";

  private Driver() {}
}
