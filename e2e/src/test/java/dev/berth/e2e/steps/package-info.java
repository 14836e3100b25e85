/** Tests: Plans. */
@NullMarked
package dev.berth.e2e.steps;

import org.jspecify.annotations.NullMarked;
