package dev.berth.hub.metering;

import java.time.LocalDate;

/** Held time that falls on one UTC day, in nanoseconds. */
public record HeldDay(LocalDate day, long heldNanos) {}
