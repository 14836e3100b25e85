/** Where a waiting request stands: in the order in which requests will be placed. */
@NullMarked
package dev.berth.scheduler.core.queue;

import org.jspecify.annotations.NullMarked;
