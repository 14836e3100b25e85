/** Measures the scheduler's durable path with real processes, without a cluster. */
@NullMarked
package dev.berth.e2e.bench.durable;

import org.jspecify.annotations.NullMarked;
