/** Seats: on which nodes the pods of a Space stand. */
@NullMarked
package dev.berth.turns.seats;

import org.jspecify.annotations.NullMarked;
