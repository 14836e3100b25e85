@NullMarked
package dev.berth.scheduler.core.explain;

import org.jspecify.annotations.NullMarked;
