/** What visitors may still spend on this node, and who lends it. The escrow is pure. */
@NullMarked
package dev.berth.agent.turns.quota;

import org.jspecify.annotations.NullMarked;
