/** The secrets of seats and what their containers get. */
@NullMarked
package dev.berth.agent.turns.seats;

import org.jspecify.annotations.NullMarked;
