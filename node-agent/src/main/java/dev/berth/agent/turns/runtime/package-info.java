/** The core's one owner: journal first, then state, then effects. */
@NullMarked
package dev.berth.agent.turns.runtime;

import org.jspecify.annotations.NullMarked;
