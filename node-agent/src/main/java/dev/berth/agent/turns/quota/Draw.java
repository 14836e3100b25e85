package dev.berth.agent.turns.quota;

/**
 * An allowance that was asked for and not answered yet; asked again until it is.
 *
 * @param needNanos device nanoseconds below which it does not help
 * @param wantNanos device nanoseconds that would be handy
 * @param runs turns that it is for
 */
public record Draw(
    String drawId, String visitor, String tier, long needNanos, long wantNanos, int runs) {}
