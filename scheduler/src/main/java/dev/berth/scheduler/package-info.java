/** The scheduler process; all wiring is in {@link dev.berth.scheduler.SchedulerMain}. */
@NullMarked
package dev.berth.scheduler;

import org.jspecify.annotations.NullMarked;
