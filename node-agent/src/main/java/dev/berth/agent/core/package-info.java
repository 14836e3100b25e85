/** Leases and time of one node's devices: pure, without I/O, clock or thread. */
@NullMarked
package dev.berth.agent.core;

import org.jspecify.annotations.NullMarked;
