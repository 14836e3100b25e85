package dev.berth.scheduler.core.model;

/** A catalog entry: a named shape with its price in micro-USD an hour. */
public record Flavor(String name, String catalogVersion, Shape shape, long priceMicroUsdPerHour) {}
