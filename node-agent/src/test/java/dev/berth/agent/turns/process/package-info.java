@NullMarked
package dev.berth.agent.turns.process;

import org.jspecify.annotations.NullMarked;
