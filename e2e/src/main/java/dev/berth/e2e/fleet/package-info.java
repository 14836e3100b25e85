/** Berth's own processes on this machine: what they are, their configuration, their life. */
@NullMarked
package dev.berth.e2e.fleet;

import org.jspecify.annotations.NullMarked;
