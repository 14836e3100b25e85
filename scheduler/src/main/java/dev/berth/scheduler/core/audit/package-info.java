/** Counts the state anew from its placements and compares. */
@NullMarked
package dev.berth.scheduler.core.audit;

import org.jspecify.annotations.NullMarked;
