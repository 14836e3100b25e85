package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an Endpoint is in its life; the names of the Endpoints API. */
public enum EndpointState {
  @JsonProperty("pending")
  PENDING,
  @JsonProperty("initializing")
  INITIALIZING,
  @JsonProperty("updating")
  UPDATING,
  @JsonProperty("updateFailed")
  UPDATE_FAILED,
  @JsonProperty("running")
  RUNNING,
  @JsonProperty("paused")
  PAUSED,
  @JsonProperty("failed")
  FAILED,
  @JsonProperty("scaledToZero")
  SCALED_TO_ZERO
}
