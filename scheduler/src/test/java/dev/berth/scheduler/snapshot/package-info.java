@NullMarked
package dev.berth.scheduler.snapshot;

import org.jspecify.annotations.NullMarked;
