package dev.berth.crds;

/** What a flavor can be used for. */
public enum Product {
  Spaces,
  Jobs,
  Endpoints
}
