@NullMarked
package dev.berth.turns.quota;

import org.jspecify.annotations.NullMarked;
