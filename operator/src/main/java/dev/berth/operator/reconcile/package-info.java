/** The reconcilers: resolve, model, plan, apply, status. */
@NullMarked
package dev.berth.operator.reconcile;

import org.jspecify.annotations.NullMarked;
