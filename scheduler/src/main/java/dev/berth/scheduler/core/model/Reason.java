package dev.berth.scheduler.core.model;

/**
 * A "no" with its numbers: {@code free} is the most in one place now, {@code total} the most that
 * one place could ever offer, both in {@code unit}; {@code nodes} counts the nodes it blocks.
 */
public record Reason(
    ReasonCode code,
    String message,
    long asked,
    long free,
    long total,
    String unit,
    String resource,
    int nodes) {}
