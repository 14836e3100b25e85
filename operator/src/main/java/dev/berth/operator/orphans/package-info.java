/** Gives back placements whose owner is gone. */
@NullMarked
package dev.berth.operator.orphans;

import org.jspecify.annotations.NullMarked;
