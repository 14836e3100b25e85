/** Measures the scheduler's core alone: no store, no network, one thread. */
@NullMarked
package dev.berth.e2e.bench.engine;

import org.jspecify.annotations.NullMarked;
