@NullMarked
package dev.berth.agent.turns.core;

import org.jspecify.annotations.NullMarked;
