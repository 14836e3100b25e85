/** Applies the examples, shows what becomes of them, and prints the bill. */
@NullMarked
package dev.berth.e2e.demo;

import org.jspecify.annotations.NullMarked;
