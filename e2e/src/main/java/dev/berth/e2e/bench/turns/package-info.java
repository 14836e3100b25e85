/** How many turns one node agent's device API gives, and how fast. */
@NullMarked
package dev.berth.e2e.bench.turns;

import org.jspecify.annotations.NullMarked;
