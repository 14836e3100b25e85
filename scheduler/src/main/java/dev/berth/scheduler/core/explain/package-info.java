/** Why not, with numbers; and how much would fit. */
@NullMarked
package dev.berth.scheduler.core.explain;

import org.jspecify.annotations.NullMarked;
