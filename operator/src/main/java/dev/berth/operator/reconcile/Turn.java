package dev.berth.operator.reconcile;

import dev.berth.operator.status.Assessment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of one reconciliation.
 *
 * @param again when to look again if nothing happens before
 * @param nothingLeft a deleted workload holds nothing any more
 */
record Turn(Assessment assessment, Optional<Duration> again, boolean nothingLeft, Instant at) {}
