@NullMarked
package dev.berth.turns;

import org.jspecify.annotations.NullMarked;
