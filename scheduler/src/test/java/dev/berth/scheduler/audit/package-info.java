@NullMarked
package dev.berth.scheduler.audit;

import org.jspecify.annotations.NullMarked;
