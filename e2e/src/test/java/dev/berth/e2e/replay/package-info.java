/** Tests of replays. */
@NullMarked
package dev.berth.e2e.replay;

import org.jspecify.annotations.NullMarked;
