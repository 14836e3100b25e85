/** Busy time and energy from a dcgm-exporter; informative only. */
@NullMarked
package dev.berth.agent.telemetry;

import org.jspecify.annotations.NullMarked;
