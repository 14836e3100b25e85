/** How long placements run: learned from those that ended. */
@NullMarked
package dev.berth.scheduler.core.time;

import org.jspecify.annotations.NullMarked;
