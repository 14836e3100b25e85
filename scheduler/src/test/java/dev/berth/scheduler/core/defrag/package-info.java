@NullMarked
package dev.berth.scheduler.core.defrag;

import org.jspecify.annotations.NullMarked;
