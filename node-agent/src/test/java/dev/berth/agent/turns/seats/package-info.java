@NullMarked
package dev.berth.agent.turns.seats;

import org.jspecify.annotations.NullMarked;
