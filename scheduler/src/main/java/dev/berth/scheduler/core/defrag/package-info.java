/** Which placements to move so that something larger fits, and whether it pays. */
@NullMarked
package dev.berth.scheduler.core.defrag;

import org.jspecify.annotations.NullMarked;
