/** Nodes and what is taken on them. */
@NullMarked
package dev.berth.scheduler.core.fleet;

import org.jspecify.annotations.NullMarked;
