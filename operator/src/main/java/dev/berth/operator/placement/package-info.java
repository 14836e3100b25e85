/**
 * The scheduler as the operator sees it: placements, their states, and the book that remembers
 * them.
 */
@NullMarked
package dev.berth.operator.placement;

import org.jspecify.annotations.NullMarked;
