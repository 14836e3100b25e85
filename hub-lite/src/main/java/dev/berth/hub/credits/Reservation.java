package dev.berth.hub.credits;

/**
 * What a draw may cost.
 *
 * @param microUsd 0: refused
 * @param pending refused, but the balance would do if other draws did not hold it
 */
public record Reservation(long microUsd, boolean pending) {}
