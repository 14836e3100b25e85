@NullMarked
package dev.berth.scheduler.core.preempt;

import org.jspecify.annotations.NullMarked;
