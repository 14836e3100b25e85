/** Tests: Commands. */
@NullMarked
package dev.berth.e2e.cli;

import org.jspecify.annotations.NullMarked;
