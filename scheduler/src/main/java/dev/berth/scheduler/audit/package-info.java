/** The state checked against itself while it serves. */
@NullMarked
package dev.berth.scheduler.audit;

import org.jspecify.annotations.NullMarked;
