/** Which placements are taken back for a request, and how what they free is kept for it. */
@NullMarked
package dev.berth.scheduler.core.preempt;

import org.jspecify.annotations.NullMarked;
