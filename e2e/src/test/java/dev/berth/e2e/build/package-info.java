/** Tests: Builds. */
@NullMarked
package dev.berth.e2e.build;

import org.jspecify.annotations.NullMarked;
