/** The life of a turn and the seats it comes from: pure, no clock, thread or I/O. */
@NullMarked
package dev.berth.agent.turns.core;

import org.jspecify.annotations.NullMarked;
