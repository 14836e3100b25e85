@NullMarked
package dev.berth.scheduler.core.quota;

import org.jspecify.annotations.NullMarked;
