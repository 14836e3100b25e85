/** Exact shapes: where on a node a request fits, and how tightly. */
@NullMarked
package dev.berth.scheduler.core.fit;

import org.jspecify.annotations.NullMarked;
