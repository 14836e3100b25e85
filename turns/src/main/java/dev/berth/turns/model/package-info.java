/** What a turn asks and what a device is. */
@NullMarked
package dev.berth.turns.model;

import org.jspecify.annotations.NullMarked;
