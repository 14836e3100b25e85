/**
 * The operator makes the cluster look like the custom resources and says truthfully how they are.
 */
@NullMarked
package dev.berth.operator;

import org.jspecify.annotations.NullMarked;
