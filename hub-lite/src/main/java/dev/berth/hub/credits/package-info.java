/** Prepaid credits: balances, top-ups, and what ZeroGPU draws hold and cost. */
@NullMarked
package dev.berth.hub.credits;

import org.jspecify.annotations.NullMarked;
