/**
 * A whole deployment in one thread and in virtual time: leaders, store, agents, clients, faults.
 */
@NullMarked
package dev.berth.scheduler.simulation;

import org.jspecify.annotations.NullMarked;
