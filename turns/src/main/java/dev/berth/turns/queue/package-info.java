/** The fair queue: which turn is next, on which device, and where a new call waits least. */
@NullMarked
package dev.berth.turns.queue;

import org.jspecify.annotations.NullMarked;
