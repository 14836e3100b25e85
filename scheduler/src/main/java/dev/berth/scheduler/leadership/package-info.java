/** Who leads, in which epoch, and the one thread that decides. */
@NullMarked
package dev.berth.scheduler.leadership;

import org.jspecify.annotations.NullMarked;
