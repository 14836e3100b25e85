@NullMarked
package dev.berth.scheduler.core.reserve;

import org.jspecify.annotations.NullMarked;
