@NullMarked
package dev.berth.operator.resolve;

import org.jspecify.annotations.NullMarked;
