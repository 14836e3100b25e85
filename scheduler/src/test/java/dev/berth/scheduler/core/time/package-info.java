@NullMarked
package dev.berth.scheduler.core.time;

import org.jspecify.annotations.NullMarked;
