@NullMarked
package dev.berth.agent.turns.journal;

import org.jspecify.annotations.NullMarked;
