/** Measures a running fleet and prints the figures. */
@NullMarked
package dev.berth.e2e.bench;

import org.jspecify.annotations.NullMarked;
