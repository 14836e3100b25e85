/** Prometheus metrics of the scheduler. */
@NullMarked
package dev.berth.scheduler.metrics;

import org.jspecify.annotations.NullMarked;
