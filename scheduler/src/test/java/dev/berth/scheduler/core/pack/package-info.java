@NullMarked
package dev.berth.scheduler.core.pack;

import org.jspecify.annotations.NullMarked;
