/** The pure single writer: state, events, decisions. java.* and JSpecify only. */
@NullMarked
package dev.berth.scheduler.core;

import org.jspecify.annotations.NullMarked;
