package dev.berth.crds;

/** How a running app is replaced by its next revision. */
public enum UpdateStrategy {
  RollingWhenFree,
  Recreate
}
