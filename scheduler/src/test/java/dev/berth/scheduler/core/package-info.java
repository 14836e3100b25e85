@NullMarked
package dev.berth.scheduler.core;

import org.jspecify.annotations.NullMarked;
