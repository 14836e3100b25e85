/**
 * Runs recorded calls of ZeroGPU Spaces through the production queue and seats, in virtual time.
 */
@NullMarked
package dev.berth.e2e.replay.turns;

import org.jspecify.annotations.NullMarked;
