/** Replays public traces through the production scheduler core, and writes what it decided. */
@NullMarked
package dev.berth.e2e.replay;

import org.jspecify.annotations.NullMarked;
