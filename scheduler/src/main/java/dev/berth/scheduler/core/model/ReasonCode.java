package dev.berth.scheduler.core.model;

/** Why a request is not placed; the names are those of the API. */
public enum ReasonCode {
  INSUFFICIENT_ACCELERATORS,
  INSUFFICIENT_CPU,
  INSUFFICIENT_MEMORY,
  FRAGMENTED,
  GANG_INCOMPLETE,
  NODES_NOT_READY,
  NOT_FOUND_IN_BUDGET,
  QUOTA_EXCEEDED,
  QUEUED_BEHIND,
  NO_SUCH_DEVICE,
  TOO_LARGE,
  INVALID_SHAPE,
  CONFLICTING_REQUEST,
  REGION_NOT_ALLOWED;

  /** True when only a change of the request or of the fleet can help. */
  public boolean impossible() {
    return switch (this) {
      case INSUFFICIENT_ACCELERATORS,
          INSUFFICIENT_CPU,
          INSUFFICIENT_MEMORY,
          FRAGMENTED,
          GANG_INCOMPLETE,
          NODES_NOT_READY,
          NOT_FOUND_IN_BUDGET,
          QUOTA_EXCEEDED,
          QUEUED_BEHIND ->
          false;
      case NO_SUCH_DEVICE, TOO_LARGE, INVALID_SHAPE, CONFLICTING_REQUEST, REGION_NOT_ALLOWED ->
          true;
    };
  }
}
