/** TPU slices on tori of one host or many. */
@NullMarked
package dev.berth.scheduler.core.torus;

import org.jspecify.annotations.NullMarked;
