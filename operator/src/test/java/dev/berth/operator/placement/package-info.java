@NullMarked
package dev.berth.operator.placement;

import org.jspecify.annotations.NullMarked;
