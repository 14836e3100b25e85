package dev.berth.agent.core;

/**
 * One instant on both clocks.
 *
 * @param monoNanos CLOCK_MONOTONIC of this boot, ns; durations come from it alone
 * @param unixNanos wall clock, ns since 1970 UTC; only places a duration in a calendar
 */
public record Moment(long monoNanos, long unixNanos) {}
