/**
 * ZeroGPU's pure core: turns in their fair queue, seats on their nodes. java.* and JSpecify only.
 */
@NullMarked
package dev.berth.turns;

import org.jspecify.annotations.NullMarked;
