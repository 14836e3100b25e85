@NullMarked
package dev.berth.agent.turns.quota;

import org.jspecify.annotations.NullMarked;
