@NullMarked
package dev.berth.scheduler.core.audit;

import org.jspecify.annotations.NullMarked;
