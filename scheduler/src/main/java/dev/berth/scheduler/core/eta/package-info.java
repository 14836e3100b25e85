/** When a waiting request will start, as an interval. */
@NullMarked
package dev.berth.scheduler.core.eta;

import org.jspecify.annotations.NullMarked;
