package dev.berth.operator.placement;

import java.time.Instant;

/**
 * Why the scheduler took a placement back: {@code kind} is PREEMPTED or RECLAIMED, {@code by} the
 * placement that it makes room for, {@code message} one sentence for people.
 */
public record Eviction(String kind, String by, Instant at, String message) {}
