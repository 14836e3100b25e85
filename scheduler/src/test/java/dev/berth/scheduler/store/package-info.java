@NullMarked
package dev.berth.scheduler.store;

import org.jspecify.annotations.NullMarked;
