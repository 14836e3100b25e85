@NullMarked
package dev.berth.scheduler.core.eta;

import org.jspecify.annotations.NullMarked;
