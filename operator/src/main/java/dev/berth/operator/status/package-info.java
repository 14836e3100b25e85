/** Pure judgement of a workload's state, and its translation into statuses. */
@NullMarked
package dev.berth.operator.status;

import org.jspecify.annotations.NullMarked;
