@NullMarked
package dev.berth.hub.metering;

import org.jspecify.annotations.NullMarked;
