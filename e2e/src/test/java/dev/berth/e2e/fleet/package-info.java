/** Tests: Our processes' files. */
@NullMarked
package dev.berth.e2e.fleet;

import org.jspecify.annotations.NullMarked;
