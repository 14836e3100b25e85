@NullMarked
package dev.berth.scheduler.core.queue;

import org.jspecify.annotations.NullMarked;
