/** Turns names of flavors and secrets into facts, or says why that cannot be. */
@NullMarked
package dev.berth.operator.resolve;

import org.jspecify.annotations.NullMarked;
