@NullMarked
package dev.berth.scheduler.wire;

import org.jspecify.annotations.NullMarked;
