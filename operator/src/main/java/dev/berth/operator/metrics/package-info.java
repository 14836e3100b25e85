/** Prometheus metrics of the operator. */
@NullMarked
package dev.berth.operator.metrics;

import org.jspecify.annotations.NullMarked;
