/** The worker processes of turns, by their ids on the host. */
@NullMarked
package dev.berth.agent.turns.process;

import org.jspecify.annotations.NullMarked;
