/** Who pays for a turn. */
@NullMarked
package dev.berth.agent.turns.visitors;

import org.jspecify.annotations.NullMarked;
