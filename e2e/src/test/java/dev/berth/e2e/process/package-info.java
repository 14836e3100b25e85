/** Tests: Supervised processes. */
@NullMarked
package dev.berth.e2e.process;

import org.jspecify.annotations.NullMarked;
