/** The cards and slices that turns share. */
@NullMarked
package dev.berth.agent.turns.devices;

import org.jspecify.annotations.NullMarked;
