package dev.berth.hub.metering;

import java.util.List;

/** Timeline totals of one device since its journal first saw it, in nanoseconds. */
public record DeviceTotals(
    String device,
    String model,
    long heldNanos,
    long idleNanos,
    long drainingNanos,
    long unknownNanos,
    long wallNanos,
    List<String> heldBy) {}
