@NullMarked
package dev.berth.scheduler.core.whatif;

import org.jspecify.annotations.NullMarked;
