package dev.berth.hub.metering;

import java.util.List;

/**
 * What a node says about one lease: {@code heldNanos} in total between {@code startedUnixNanos} and
 * {@code untilUnixNanos}. Busy time and energy are informative.
 */
public record LeaseLine(
    String leaseId,
    long epoch,
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    List<String> devices,
    long heldNanos,
    long startedUnixNanos,
    long untilUnixNanos,
    boolean ended,
    long busyNanos,
    long energyMillijoules) {}
