/** Keeps ZeroGPU quotas while this process leads: a writer of its own beside that of placements. */
@NullMarked
package dev.berth.scheduler.zerogpu;

import org.jspecify.annotations.NullMarked;
