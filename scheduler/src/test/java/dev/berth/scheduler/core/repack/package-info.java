/** Tests of chains of moves. */
@NullMarked
package dev.berth.scheduler.core.repack;

import org.jspecify.annotations.NullMarked;
