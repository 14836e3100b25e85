@NullMarked
package dev.berth.scheduler.zerogpu;

import org.jspecify.annotations.NullMarked;
