package dev.berth.hub.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One line of the bill: a day of a lease. {@code microUsd} is null while the price is unknown. */
public record UsageLine(
    LeaseKey lease,
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    LocalDate day,
    long heldNanos,
    @Nullable Long microUsd) {}
