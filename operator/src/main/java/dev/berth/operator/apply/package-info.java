/** Carries out a plan against the cluster and the scheduler. */
@NullMarked
package dev.berth.operator.apply;

import org.jspecify.annotations.NullMarked;
