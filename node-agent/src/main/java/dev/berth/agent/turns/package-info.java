/** ZeroGPU on one node: the device API, the turns, and what they cost. */
@NullMarked
package dev.berth.agent.turns;

import org.jspecify.annotations.NullMarked;
