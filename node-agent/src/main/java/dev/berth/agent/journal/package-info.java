/** The usage journal: an append-only file from which the core's state is rebuilt. */
@NullMarked
package dev.berth.agent.journal;

import org.jspecify.annotations.NullMarked;
