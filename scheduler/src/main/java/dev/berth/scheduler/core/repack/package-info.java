/** Short chains of moves that make room for one request that fits nowhere. */
@NullMarked
package dev.berth.scheduler.core.repack;

import org.jspecify.annotations.NullMarked;
