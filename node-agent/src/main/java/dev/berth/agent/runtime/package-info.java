/** The core's one owner: journal first, then state. */
@NullMarked
package dev.berth.agent.runtime;

import org.jspecify.annotations.NullMarked;
