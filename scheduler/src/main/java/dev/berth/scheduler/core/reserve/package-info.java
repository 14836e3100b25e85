/** Room kept for requests that wait, and what may start beside it. */
@NullMarked
package dev.berth.scheduler.core.reserve;

import org.jspecify.annotations.NullMarked;
