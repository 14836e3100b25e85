/** Pure planning: from what is wanted and what is there to the next actions. */
@NullMarked
package dev.berth.operator.plan;

import org.jspecify.annotations.NullMarked;
