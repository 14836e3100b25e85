/** The whole state in a file, and what the decisions make of it elsewhere. */
@NullMarked
package dev.berth.scheduler.snapshot;

import org.jspecify.annotations.NullMarked;
