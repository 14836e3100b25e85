package dev.berth.hub.pricing;

import java.time.LocalDate;

/** A day of a lease with its price: one line of the bill. */
public record RatedDay(LocalDate day, long heldNanos, long microUsd) {}
