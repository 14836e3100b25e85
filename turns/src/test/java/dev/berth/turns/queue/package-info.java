@NullMarked
package dev.berth.turns.queue;

import org.jspecify.annotations.NullMarked;
