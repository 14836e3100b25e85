/** What the leading scheduler is told of this node's turns. */
@NullMarked
package dev.berth.agent.turns.load;

import org.jspecify.annotations.NullMarked;
