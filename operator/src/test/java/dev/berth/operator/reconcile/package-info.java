@NullMarked
package dev.berth.operator.reconcile;

import org.jspecify.annotations.NullMarked;
