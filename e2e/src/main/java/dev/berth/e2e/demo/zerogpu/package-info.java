/** What {@code ./berth demo zerogpu} does. */
@NullMarked
package dev.berth.e2e.demo.zerogpu;

import org.jspecify.annotations.NullMarked;
