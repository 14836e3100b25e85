/** Takes usage reports exactly once and attributes held time to UTC days. */
@NullMarked
package dev.berth.hub.metering;

import org.jspecify.annotations.NullMarked;
