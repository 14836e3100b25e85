@NullMarked
package dev.berth.turns.seats;

import org.jspecify.annotations.NullMarked;
