package dev.berth.hub.pricing;

/** What an hour of {@code flavor} costs under {@code catalogVersion}, in micro-USD. */
public record Price(String flavor, String catalogVersion, long microUsdPerHour) {}
